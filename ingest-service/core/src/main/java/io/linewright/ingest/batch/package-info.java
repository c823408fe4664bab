/** What becomes of a batch of samples before it is stored: repeats, conflicts, days, books. */
@NullMarked
package io.linewright.ingest.batch;

import org.jspecify.annotations.NullMarked;
