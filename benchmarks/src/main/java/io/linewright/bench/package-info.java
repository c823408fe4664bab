/**
 * Commands that check and measure the whole platform from outside: processes, REST, Kafka and SQL
 * only.
 */
@NullMarked
package io.linewright.bench;

import org.jspecify.annotations.NullMarked;
