/** A single Kafka node in this process, with one principal per service. */
@NullMarked
package io.linewright.standalone.kafka;

import org.jspecify.annotations.NullMarked;
