@NullMarked
package io.linewright.edge.app.modbus;

import org.jspecify.annotations.NullMarked;
