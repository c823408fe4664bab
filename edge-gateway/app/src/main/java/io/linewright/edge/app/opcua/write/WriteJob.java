package io.linewright.edge.app.opcua.write;

import io.linewright.edge.app.driver.write.PendingWrite;
import io.linewright.edge.config.TagAddress.OpcUaNode;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;

/**
 * One value to be written to one node.
 *
 * @param place where the value goes
 * @param type of the tag
 * @param value as it was submitted
 * @param pending whether it may still be sent, and how it ended
 */
record WriteJob(OpcUaNode place, DataType type, SampleValue value, PendingWrite pending) {}
