/**
 * Kafka to database, each record applied exactly once: offsets move in the transaction of the data.
 */
@NullMarked
package io.linewright.kit.exactlyonce;

import org.jspecify.annotations.NullMarked;
