/** What the simulator did against what the platform stored. */
@NullMarked
package io.linewright.bench.compare;

import org.jspecify.annotations.NullMarked;
