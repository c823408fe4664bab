/** Aggregates of OPC UA part 13 as far as roll-ups determine them: the same as of the samples. */
@NullMarked
package io.linewright.ingest.aggregate.tally;

import org.jspecify.annotations.NullMarked;
