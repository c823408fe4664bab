/** Where time goes: from all of the calendar to the time in which good items were made. */
@NullMarked
package io.linewright.oee.loss;

import org.jspecify.annotations.NullMarked;
