/** Computes time again because somebody asks for it, and tells what was told of shifts. */
@NullMarked
package io.linewright.oee.app.recompute;

import org.jspecify.annotations.NullMarked;
