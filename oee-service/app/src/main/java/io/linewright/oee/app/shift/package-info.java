/** Tells the figures of shifts, and that they are others than were told. */
@NullMarked
package io.linewright.oee.app.shift;

import org.jspecify.annotations.NullMarked;
