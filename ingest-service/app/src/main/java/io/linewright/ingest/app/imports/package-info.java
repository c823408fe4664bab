/** Files with historical values: received, judged row by row and sent to the backfill. */
@NullMarked
package io.linewright.ingest.app.imports;

import org.jspecify.annotations.NullMarked;
