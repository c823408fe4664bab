package io.linewright.oee.calendar;

import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * A break that a shift has every time.
 *
 * @param name what people call it, not blank
 * @param at when it begins, by the wall clock; of an overnight shift the times from midnight on are
 *     those of the next day
 * @param length how long it takes, 1 µs to 24 h. Time that passes, not the clock: a break of 30 min
 *     has 30 min also in the night in which the clock is changed
 * @param reason code of the reason that it is booked to, not blank
 */
public record PlannedStop(String name, LocalTime at, Duration length, String reason) {

  private static final Duration SHORTEST = Duration.of(1, ChronoUnit.MICROS);
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * @throws IllegalArgumentException if a text is blank or the length out of range
   */
  public PlannedStop {
    if (name.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException("a planned stop needs a name and a reason");
    }
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a planned stop takes 1 µs to 24 h, not " + length);
    }
  }

  /** The length in microseconds; what is finer is cut off. */
  long micros() {
    return length.dividedBy(SHORTEST);
  }
}
