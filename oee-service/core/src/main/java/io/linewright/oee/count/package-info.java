/** From the readings of counters to what was made, and what of it was good. */
@NullMarked
package io.linewright.oee.count;

import org.jspecify.annotations.NullMarked;
