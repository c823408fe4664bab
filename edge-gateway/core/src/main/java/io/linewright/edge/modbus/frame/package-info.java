/**
 * Modbus messages in a stream of bytes: TCP framing, RTU framing, and which answer belongs where.
 */
@NullMarked
package io.linewright.edge.modbus.frame;

import org.jspecify.annotations.NullMarked;
