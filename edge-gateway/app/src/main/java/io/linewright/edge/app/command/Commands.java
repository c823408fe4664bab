package io.linewright.edge.app.command;

import java.util.Optional;

/**
 * Writes of this gateway.
 *
 * @param desk what decides on them; empty if nothing is executed because the memory of commands
 *     cannot be read
 */
public record Commands(Optional<CommandDesk> desk) {}
