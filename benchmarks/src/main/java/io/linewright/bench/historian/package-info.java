/** How fast, and how exactly, the historian takes samples from Kafka into the database. */
@NullMarked
package io.linewright.bench.historian;

import org.jspecify.annotations.NullMarked;
