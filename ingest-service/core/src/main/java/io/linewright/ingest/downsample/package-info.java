/** Fewer samples for charts that still show what the many would. */
@NullMarked
package io.linewright.ingest.downsample;

import org.jspecify.annotations.NullMarked;
