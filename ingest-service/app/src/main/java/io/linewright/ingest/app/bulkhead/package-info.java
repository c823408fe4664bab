/** How many connections readers of history hold at once. */
@NullMarked
package io.linewright.ingest.app.bulkhead;

import org.jspecify.annotations.NullMarked;
