/** Writing to one Modbus unit: which function codes bring values into its registers. */
@NullMarked
package io.linewright.edge.modbus.write;

import org.jspecify.annotations.NullMarked;
