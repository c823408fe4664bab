/** The data directory: its lock, its credentials and its addresses. */
@NullMarked
package io.linewright.standalone.data;

import org.jspecify.annotations.NullMarked;
