/** Rows of a file with historical values: read, judged, numbered and packed for the backfill. */
@NullMarked
package io.linewright.ingest.imports;

import org.jspecify.annotations.NullMarked;
