/** The bridge's Kafka side: one transaction holds values, events and how far they were carried. */
@NullMarked
package io.linewright.edge.app.bridge.kafka;

import org.jspecify.annotations.NullMarked;
