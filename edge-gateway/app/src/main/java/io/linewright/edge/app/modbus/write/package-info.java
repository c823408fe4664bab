/** Writes to Modbus units: each is sent once, then read back. */
@NullMarked
package io.linewright.edge.app.modbus.write;

import org.jspecify.annotations.NullMarked;
