/** Roll-ups of samples: which are out of date, computing them anew, reading them. */
@NullMarked
package io.linewright.ingest.app.rollup;

import org.jspecify.annotations.NullMarked;
