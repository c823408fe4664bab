/** The table of samples: made at the first migration, cut by days. */
@NullMarked
package io.linewright.ingest.app.storage;

import org.jspecify.annotations.NullMarked;
