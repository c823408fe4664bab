/** Writes to machines over the whole trip and back. */
@NullMarked
package io.linewright.system.command;

import org.jspecify.annotations.NullMarked;
