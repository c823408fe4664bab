/** Production orders: kept, asked for, and which of them machines worked on. */
@NullMarked
package io.linewright.oee.app.order;

import org.jspecify.annotations.NullMarked;
