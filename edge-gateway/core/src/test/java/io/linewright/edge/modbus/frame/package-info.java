@NullMarked
package io.linewright.edge.modbus.frame;

import org.jspecify.annotations.NullMarked;
