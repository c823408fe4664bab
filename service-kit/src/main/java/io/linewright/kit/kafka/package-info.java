/** Settings and clients of Kafka, the same in every service. */
@NullMarked
package io.linewright.kit.kafka;

import org.jspecify.annotations.NullMarked;
