package io.linewright.edge.command;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a gateway knows of commands. All of it survives a restart.
 *
 * @param known commands by id, oldest first
 * @param forgottenUpTo latest expiry of anything forgotten; an unknown command that expires no
 *     later may be one of those and is passed over
 * @param stopped whether all writes are stopped
 */
public record CommandState(Map<UUID, Known> known, Instant forgottenUpTo, boolean stopped) {

  public CommandState {
    known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
  }

  /** The state of a gateway that never had a command. */
  public static CommandState start() {
    return new CommandState(Map.of(), Instant.MIN, false);
  }
}
