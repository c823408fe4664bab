/** Writes to machines: reads what is asked for, remembers it on disk, has it written. */
@NullMarked
package io.linewright.edge.app.command;

import org.jspecify.annotations.NullMarked;
