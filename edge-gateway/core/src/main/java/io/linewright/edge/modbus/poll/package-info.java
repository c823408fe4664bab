/** Polling one Modbus unit: which registers to read together, when, and around which obstacles. */
@NullMarked
package io.linewright.edge.modbus.poll;

import org.jspecify.annotations.NullMarked;
