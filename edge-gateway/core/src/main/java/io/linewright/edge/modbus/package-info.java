/** Modbus without sockets: which registers to read together and what they mean. */
@NullMarked
package io.linewright.edge.modbus;

import org.jspecify.annotations.NullMarked;
