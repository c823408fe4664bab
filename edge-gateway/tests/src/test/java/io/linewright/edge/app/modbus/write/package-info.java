@NullMarked
package io.linewright.edge.app.modbus.write;

import org.jspecify.annotations.NullMarked;
