/** Stored samples as computations want them: a stretch at a time, with what lies around a range. */
@NullMarked
package io.linewright.ingest.app.history;

import org.jspecify.annotations.NullMarked;
