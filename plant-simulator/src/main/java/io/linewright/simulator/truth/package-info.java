/** The ground truth: every value that the plant has shown, to count against. */
@NullMarked
package io.linewright.simulator.truth;

import org.jspecify.annotations.NullMarked;
