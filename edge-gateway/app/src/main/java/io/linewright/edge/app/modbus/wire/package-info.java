/** The socket of a Modbus connection, and the standard's messages as bytes. */
@NullMarked
package io.linewright.edge.app.modbus.wire;

import org.jspecify.annotations.NullMarked;
