/** Corrections of samples: who may make them, what is granted, and their tables. */
@NullMarked
package io.linewright.ingest.app.correction;

import org.jspecify.annotations.NullMarked;
