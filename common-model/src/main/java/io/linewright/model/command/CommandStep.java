package io.linewright.model.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a write to a machine has come. Every command ends in exactly one of the final steps. */
public enum CommandStep {
  /** Asked for and stored. */
  REQUESTED(false),
  /** The requester may do so. */
  AUTHORISED(false),
  /** The gateway of the machine has it, its guards let it pass, the write begins. */
  DELIVERED(false),
  /** The machine has accepted the write. */
  WRITTEN(false),
  /** The machine was read and holds the value. */
  VERIFIED(true),
  /** It was not executed: a right, a guard or the machine is against it. */
  REFUSED(true),
  /** It was not executed in time, and never will be. */
  EXPIRED(true),
  /** It was, or may have been, written, but the machine holds another value. */
  FAILED(true),
  /** Nobody can say whether it was executed: the machine could not be read. */
  UNKNOWN(true);

  private final boolean last;
  private final String text = name().toLowerCase(Locale.ROOT);

  CommandStep(boolean last) {
    this.last = last;
  }

  /** Whether nothing follows. */
  public boolean isFinal() {
    return last;
  }

  /** The step of that name in lower case; empty if there is none. */
  public static Optional<CommandStep> of(String text) {
    return Arrays.stream(values()).filter(step -> step.text.equals(text)).findFirst();
  }

  /** Lower case, as in events and REST. */
  @Override
  public String toString() {
    return text;
  }
}
