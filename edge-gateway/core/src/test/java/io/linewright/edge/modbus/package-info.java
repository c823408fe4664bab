@NullMarked
package io.linewright.edge.modbus;

import org.jspecify.annotations.NullMarked;
