/** Several tags side by side on one axis of time. */
@NullMarked
package io.linewright.ingest.align;

import org.jspecify.annotations.NullMarked;
