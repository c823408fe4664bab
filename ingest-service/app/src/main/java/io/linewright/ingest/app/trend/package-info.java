/** Fewer samples for charts over REST. */
@NullMarked
package io.linewright.ingest.app.trend;

import org.jspecify.annotations.NullMarked;
