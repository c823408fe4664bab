/** Samples from Kafka into the table, and the last value of each tag. */
@NullMarked
package io.linewright.ingest.app.telemetry;

import org.jspecify.annotations.NullMarked;
