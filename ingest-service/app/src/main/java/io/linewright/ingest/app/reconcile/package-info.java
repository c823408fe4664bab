/** Proves in production that roll-ups equal their samples. */
@NullMarked
package io.linewright.ingest.app.reconcile;

import org.jspecify.annotations.NullMarked;
