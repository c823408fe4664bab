package io.linewright.edge.command;

import io.linewright.model.command.CommandProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What follows for the gateway. What is to be remembered or forgotten must be on disk before
 * anything else of the same step is done: that is what keeps a command from being executed twice.
 */
public sealed interface CommandFact {

  /** To be stored under the command's id. */
  record Remember(Known known) implements CommandFact {}

  /** To be deleted; {@code upTo} is the state's new {@link CommandState#forgottenUpTo}. */
  record Forget(UUID id, Instant upTo) implements CommandFact {}

  /** To be stored: the switch. */
  record RememberStop(boolean stopped) implements CommandFact {}

  /** To be told to the platform, at least once. */
  record Tell(CommandProgress progress) implements CommandFact {}

  /** To be written to the machine, once; after {@code patience} it must not be sent any more. */
  record Write(Command command, Duration patience) implements CommandFact {}

  /**
   * A message is passed over: no outcome is told, and none is remembered.
   *
   * @param reason for the log
   */
  record PassedOver(UUID id, String reason) implements CommandFact {}
}
