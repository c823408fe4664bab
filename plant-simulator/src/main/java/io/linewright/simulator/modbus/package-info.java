/**
 * The plant's tags as registers of a Modbus TCP server that holds each value until it was polled.
 */
@NullMarked
package io.linewright.simulator.modbus;

import org.jspecify.annotations.NullMarked;
