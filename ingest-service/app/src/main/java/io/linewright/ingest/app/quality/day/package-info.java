/** A day of a tag: what was stored of it, what was expected, and what is judged of that. */
@NullMarked
package io.linewright.ingest.app.quality.day;

import org.jspecify.annotations.NullMarked;
