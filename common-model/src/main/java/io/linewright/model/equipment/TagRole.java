package io.linewright.model.equipment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a tag means to the services, independent of its name. */
public enum TagRole {
  /**
   * The state: its number in PackML (ISA-TR88.00.02), or a word or number of the machine's own;
   * raises {@code machine-state} events.
   */
  MACHINE_STATE(true),
  /** Running count of good items; raises count events. */
  GOOD_COUNT(true),
  /** Running count of rejected items; raises count events. */
  REJECT_COUNT(true),
  /** Running count of items that were made again; raises count events. */
  REWORK_COUNT(true),
  /** Running count of all items; raises count events. */
  TOTAL_COUNT(true),
  /** Text or number of the cause of the present stop; raises events. */
  STOP_REASON(true),
  /** Alarm: true or a number other than 0 while active; raises events. */
  ALARM(true),
  /** Identifier of the production order in force; raises events. */
  ORDER(true),
  /** Identifier of the product in force; raises events. */
  PRODUCT(true),
  /** Identifier of the lot that is made; raises events. */
  LOT(true),
  /** Serial number of the item that is made; raises events. */
  SERIAL(true),
  /** Duration of the last cycle. */
  CYCLE_TIME(false),
  /** Electrical power; energy events tell part of its values. */
  POWER(false),
  /** Electrical energy, running count; energy events tell part of its values. */
  ENERGY(false),
  /** Root mean square of vibration velocity. */
  VIBRATION_RMS(false),
  TEMPERATURE(false),
  CURRENT(false),
  SPEED(false),
  /** Changes at a fixed pace as long as the machine's control runs. */
  HEARTBEAT(false),
  /** Counter of one of the platform's own stages. */
  STAGE_COUNTER(false),
  /** Everything else. */
  PROCESS_VALUE(false);

  private final boolean raisesEvents;
  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  TagRole(boolean raisesEvents) {
    this.raisesEvents = raisesEvents;
  }

  /** Whether each value of such a tag raises a machine event. */
  public boolean raisesEvents() {
    return raisesEvents;
  }

  /** Whether energy events tell of such a tag. */
  public boolean tellsEnergy() {
    return this == POWER || this == ENERGY;
  }

  /** The role of that name in kebab case ({@code good-count}); empty if there is none. */
  public static Optional<TagRole> of(String text) {
    return Arrays.stream(values()).filter(role -> role.text.equals(text)).findFirst();
  }

  /** Kebab case, as in files, headers and REST. */
  @Override
  public String toString() {
    return text;
  }
}
