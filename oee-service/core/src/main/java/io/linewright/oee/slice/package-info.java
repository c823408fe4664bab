/** What a machine's time was: categories, and slices that divide it without gap and overlap. */
@NullMarked
package io.linewright.oee.slice;

import org.jspecify.annotations.NullMarked;
