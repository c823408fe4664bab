package io.linewright.edge.host.command;

import io.linewright.edge.command.Command;
import java.util.UUID;

/** What is read of commands. */
public sealed interface DeliveryInput {

  /**
   * Someone who may do so asks for a write.
   *
   * @param inherited whether it was asked for before this bridge started: an earlier one may have
   *     published it
   */
  record Requested(Command command, boolean inherited) implements DeliveryInput {}

  /**
   * The gateway has answered, or anybody has told an end: nothing is left to do, also when the
   * command itself is read only later.
   */
  record Answered(UUID id) implements DeliveryInput {}
}
