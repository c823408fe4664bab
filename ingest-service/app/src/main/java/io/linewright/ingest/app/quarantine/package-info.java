/** What could not be processed: kept, shown, submitted again or discarded. */
@NullMarked
package io.linewright.ingest.app.quarantine;

import org.jspecify.annotations.NullMarked;
