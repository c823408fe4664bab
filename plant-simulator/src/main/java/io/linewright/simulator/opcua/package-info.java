/** The plant's tags as nodes of an OPC UA server that reports every single change. */
@NullMarked
package io.linewright.simulator.opcua;

import org.jspecify.annotations.NullMarked;
