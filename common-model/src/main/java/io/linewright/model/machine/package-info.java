/**
 * Machine states after PackML (ISA-TR88.00.02), and what machines tell of energy and how far they
 * are known.
 */
@NullMarked
package io.linewright.model.machine;

import org.jspecify.annotations.NullMarked;
