package io.linewright.model.equipment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a tag means to the services, independent of its name. */
public enum TagRole {
  /** Number of the PackML state, ISA-TR88.00.02; raises {@code machine-state} events. */
  MACHINE_STATE(true),
  /** Running count of good items; raises count events. */
  GOOD_COUNT(true),
  /** Running count of rejected items; raises count events. */
  REJECT_COUNT(true),
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
  /** Duration of the last cycle. */
  CYCLE_TIME(false),
  /** Electrical power. */
  POWER(false),
  /** Electrical energy, running count. */
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

  /** Whether the bridge derives machine events from values of such tags. */
  public boolean raisesEvents() {
    return raisesEvents;
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
