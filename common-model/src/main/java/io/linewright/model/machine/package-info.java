/** Machine states after PackML (ISA-TR88.00.02). */
@NullMarked
package io.linewright.model.machine;

import org.jspecify.annotations.NullMarked;
