/**
 * {@code bench modbus}: the gateway's Modbus driver against a device whose every value is known.
 */
@NullMarked
package io.linewright.bench.modbus;

import org.jspecify.annotations.NullMarked;
