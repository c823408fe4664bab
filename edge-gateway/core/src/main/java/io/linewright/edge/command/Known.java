package io.linewright.edge.command;

import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandStep;
import java.time.Instant;

/** A command that the gateway remembers, and where it stands. */
public record Known(Command command, CommandStage stage) {

  /** Whether it may still be, or have to be, executed. */
  public boolean underWay() {
    return !(stage instanceof CommandStage.Ended);
  }

  /** The newest step, as it was told when it was done. */
  CommandProgress newest() {
    return switch (stage) {
      case CommandStage.Ended ended -> step(ended.step(), ended.at(), ended.detail());
      case CommandStage.Writing writing -> step(CommandStep.DELIVERED, writing.since(), "");
      case CommandStage.Checking checking -> step(CommandStep.DELIVERED, checking.since(), "");
    };
  }

  CommandProgress step(CommandStep step, Instant at, String detail) {
    return new CommandProgress(
        command.id().toString(), command.tag().toString(), step.toString(), at, detail);
  }
}
