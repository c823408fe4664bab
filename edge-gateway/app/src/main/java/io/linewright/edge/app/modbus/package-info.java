/** Modbus TCP: polls units over one connection, on the digitalpetri client. */
@NullMarked
package io.linewright.edge.app.modbus;

import org.jspecify.annotations.NullMarked;
