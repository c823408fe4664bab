/** Kills at chosen points of the code, under load, and what is left afterwards. */
@NullMarked
package io.linewright.bench.fault;

import org.jspecify.annotations.NullMarked;
