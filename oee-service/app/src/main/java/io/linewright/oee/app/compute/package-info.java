/** Computes what is over, and what is out of date, and keeps it. */
@NullMarked
package io.linewright.oee.app.compute;

import org.jspecify.annotations.NullMarked;
