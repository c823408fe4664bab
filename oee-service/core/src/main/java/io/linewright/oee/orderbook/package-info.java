/**
 * Orders as documents change them, in whatever order these come, and what their senders are told.
 */
@NullMarked
package io.linewright.oee.orderbook;

import org.jspecify.annotations.NullMarked;
