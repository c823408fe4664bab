package io.linewright.edge.command;

import io.linewright.model.command.CommandStep;
import io.linewright.model.sample.SampleValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a command stands at its gateway. */
public sealed interface CommandStage {

  /**
   * The driver has it; from here on nobody but the machine knows whether it was executed.
   *
   * @param since when the write began
   */
  record Writing(Instant since) implements CommandStage {}

  /**
   * Nobody knows how the write ended: the driver's values are watched for it.
   *
   * @param since when the write began
   * @param until when the watching ends
   * @param held last usable value of the tag since the watching began; null if there was none
   * @param why what happened, for people
   */
  record Checking(Instant since, Instant until, @Nullable SampleValue held, String why)
      implements CommandStage {}

  /**
   * It is over.
   *
   * @param began when the write began; null if it never did
   * @param step a final step
   * @param at when it ended
   * @param detail why, for people
   */
  record Ended(@Nullable Instant began, CommandStep step, Instant at, String detail)
      implements CommandStage {

    public Ended {
      if (!step.isFinal()) {
        throw new IllegalArgumentException(step + " is not final");
      }
    }
  }

  /** When the write began; null if it never did. */
  default @Nullable Instant writeBegan() {
    return switch (this) {
      case Writing writing -> writing.since();
      case Checking checking -> checking.since();
      case Ended ended -> ended.began();
    };
  }
}
