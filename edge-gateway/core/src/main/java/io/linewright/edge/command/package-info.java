/** Writes to machines: guards, expiry, memory and read-back as one fold. */
@NullMarked
package io.linewright.edge.command;

import org.jspecify.annotations.NullMarked;
