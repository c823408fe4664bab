/** Modbus without sockets: what the standard's exception answers mean. */
@NullMarked
package io.linewright.edge.modbus;

import org.jspecify.annotations.NullMarked;
