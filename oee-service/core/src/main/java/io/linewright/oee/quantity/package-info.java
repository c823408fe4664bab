/** Exact amounts, and divisions that may have no result. */
@NullMarked
package io.linewright.oee.quantity;

import org.jspecify.annotations.NullMarked;
