/** Breaks a rule on purpose. */
@NullMarked
package io.linewright.planted.cycle.here;

import org.jspecify.annotations.NullMarked;
