/** Hashes of what results were computed from, the same on every machine. */
@NullMarked
package io.linewright.oee.engine.hash;

import org.jspecify.annotations.NullMarked;
