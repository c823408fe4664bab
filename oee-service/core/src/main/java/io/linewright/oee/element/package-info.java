/** What figures are made of: sums of time, counts and energy, and how they are summed up. */
@NullMarked
package io.linewright.oee.element;

import org.jspecify.annotations.NullMarked;
