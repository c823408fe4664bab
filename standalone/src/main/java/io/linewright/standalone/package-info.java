/** The whole platform in one process: {@code linewright up}. */
@NullMarked
package io.linewright.standalone;

import org.jspecify.annotations.NullMarked;
