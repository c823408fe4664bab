/** Breaks a rule on purpose. */
@NullMarked
package io.linewright.planted.cycle.there;

import org.jspecify.annotations.NullMarked;
