/** Shifts, plant days, orders and lots as time ranges, and hours as a plant counts them. */
@NullMarked
package io.linewright.oee.range;

import org.jspecify.annotations.NullMarked;
