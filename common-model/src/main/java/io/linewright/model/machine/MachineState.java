package io.linewright.model.machine;

import java.util.Optional;

/**
 * States of a machine after PackML, numbered as in the PackTags of ISA-TR88.00.02. Profiles with
 * other numbers (OPC 30050, OPC 30060) are mapped at the edge.
 */
public enum MachineState {
  CLEARING(1, true),
  STOPPED(2, false),
  STARTING(3, true),
  IDLE(4, false),
  SUSPENDED(5, false),
  EXECUTE(6, true),
  STOPPING(7, true),
  ABORTING(8, true),
  ABORTED(9, false),
  HOLDING(10, true),
  HELD(11, false),
  UNHOLDING(12, true),
  SUSPENDING(13, true),
  UNSUSPENDING(14, true),
  RESETTING(15, true),
  COMPLETING(16, true),
  COMPLETE(17, false);

  private final int number;
  private final boolean acting;

  MachineState(int number, boolean acting) {
    this.number = number;
    this.acting = acting;
  }

  /** Number in the PackTags, 1 to 17. */
  public int number() {
    return number;
  }

  /** True for acting states, which leave by themselves; false for waiting states. */
  public boolean acting() {
    return acting;
  }

  /** The state with that PackTags number; empty for any other number. */
  public static Optional<MachineState> of(long number) {
    return number >= 1 && number <= values().length
        ? Optional.of(values()[(int) number - 1])
        : Optional.empty();
  }
}
