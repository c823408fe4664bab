/** What check and benches share: where a run lives, how it ends, and what is counted then. */
@NullMarked
package io.linewright.bench.trip;

import org.jspecify.annotations.NullMarked;
