@NullMarked
package io.linewright.edge.app.modbus.wire;

import org.jspecify.annotations.NullMarked;
