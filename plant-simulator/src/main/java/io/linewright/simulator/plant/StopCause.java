package io.linewright.simulator.plant;

import java.time.Duration;

/**
 * Something that stops a machine.
 *
 * @param reason name of the cause as the machine shows it
 * @param code number of the cause where the machine can only show numbers, 10 to 65535
 * @param kind how hard the machine stops
 * @param every mean running time between two such stops, at average wear
 * @param lasts median time until it is cleared
 * @param drivenBy hidden wear that makes it likelier
 */
public record StopCause(
    String reason, int code, Kind kind, Duration every, Duration lasts, Driver drivenBy) {

  /** Shown while nothing stops the machine. */
  public static final StopCause NONE = builtIn("none", 0);

  /** Nothing to work on. */
  public static final StopCause STARVED = builtIn("starved", 1);

  /** No place for the finished item. */
  public static final StopCause BLOCKED = builtIn("blocked", 2);

  /** Shift break. */
  public static final StopCause BREAK = builtIn("break", 3);

  /** Planned change of a worn tool. */
  public static final StopCause TOOL_CHANGE = builtIn("tool-change", 4);

  /** Lowest code that a plant file may give. */
  public static final int FIRST_FREE_CODE = 10;

  /** How hard a machine stops. */
  public enum Kind {
    /** Held for a moment; the item in work stays whole (PackML Held). */
    MICRO_STOP,
    /** Aborted and repaired; the item in work is lost (PackML Aborted). */
    BREAKDOWN
  }

  /** What makes a stop likelier. */
  public enum Driver {
    NOTHING,
    TOOL,
    BEARING
  }

  private static StopCause builtIn(String reason, int code) {
    return new StopCause(
        reason, code, Kind.MICRO_STOP, Duration.ZERO, Duration.ofSeconds(90), Driver.NOTHING);
  }
}
