@NullMarked
package io.linewright.edge.modbus.write;

import org.jspecify.annotations.NullMarked;
