@NullMarked
package io.linewright.edge.modbus.poll;

import org.jspecify.annotations.NullMarked;
