/** Embedded Kafka, PostgreSQL and MQTT broker for tests: real servers on free loopback ports. */
@NullMarked
package io.linewright.testkit.infrastructure;

import org.jspecify.annotations.NullMarked;
