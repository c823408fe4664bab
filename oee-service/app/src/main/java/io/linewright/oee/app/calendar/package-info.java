/** Shifts as they were, are and will be. */
@NullMarked
package io.linewright.oee.app.calendar;

import org.jspecify.annotations.NullMarked;
