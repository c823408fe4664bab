/** Paging through samples without skipping or repeating any. */
@NullMarked
package io.linewright.ingest.page;

import org.jspecify.annotations.NullMarked;
