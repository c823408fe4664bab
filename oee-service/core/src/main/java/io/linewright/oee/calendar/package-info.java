/** When a plant works: shifts, breaks, holidays and plant days, by the wall clock of its zone. */
@NullMarked
package io.linewright.oee.calendar;

import org.jspecify.annotations.NullMarked;
