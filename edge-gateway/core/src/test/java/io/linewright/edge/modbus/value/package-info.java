@NullMarked
package io.linewright.edge.modbus.value;

import org.jspecify.annotations.NullMarked;
