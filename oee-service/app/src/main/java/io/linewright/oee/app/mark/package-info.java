/** Which results are out of date, and the rows that whoever changes something locks. */
@NullMarked
package io.linewright.oee.app.mark;

import org.jspecify.annotations.NullMarked;
