/** Samples and roll-ups that are old enough go, and what depends on them is told. */
@NullMarked
package io.linewright.ingest.app.retention;

import org.jspecify.annotations.NullMarked;
