/** Commands to machines and what becomes of them, as published on the topics of commands. */
@NullMarked
package io.linewright.model.command;

import org.jspecify.annotations.NullMarked;
