/** What registers mean: numbers, bits and texts in every word order, read and written. */
@NullMarked
package io.linewright.edge.modbus.value;

import org.jspecify.annotations.NullMarked;
