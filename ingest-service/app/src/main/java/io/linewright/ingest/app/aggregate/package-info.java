/** Aggregates of stored samples over REST. */
@NullMarked
package io.linewright.ingest.app.aggregate;

import org.jspecify.annotations.NullMarked;
