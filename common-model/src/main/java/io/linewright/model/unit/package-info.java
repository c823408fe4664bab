/** Units of measure (UCUM) and checked conversion between them. */
@NullMarked
package io.linewright.model.unit;

import org.jspecify.annotations.NullMarked;
