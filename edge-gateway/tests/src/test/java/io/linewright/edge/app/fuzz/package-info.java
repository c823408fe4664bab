/** Decoders under random, damaged and cut input. */
@NullMarked
package io.linewright.edge.app.fuzz;

import org.jspecify.annotations.NullMarked;
