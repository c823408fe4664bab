package io.linewright.oee.calendar;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A shift as the pattern has it, by the wall clock: half hours and any minute are fine.
 *
 * @param shift its name, not blank
 * @param start when it opens
 * @param end when it closes; if that is not later than the start it is the next day, so that equal
 *     times are 24 h
 * @param crew who works, not blank; null if nobody says
 * @param breaks in any order; what leaves the shift is cut off, where two overlap the time counts
 *     once
 */
public record ShiftSlot(
    String shift, LocalTime start, LocalTime end, @Nullable String crew, List<PlannedStop> breaks) {

  private static final long DAY = Duration.ofDays(1).toNanos();

  /**
   * @throws IllegalArgumentException if the name or the crew is blank
   */
  public ShiftSlot {
    if (shift.isBlank() || (crew != null && crew.isBlank())) {
      throw new IllegalArgumentException("a shift and its crew need names");
    }
    breaks = List.copyOf(breaks);
  }

  /** Whether it closes on the day after the one on which it opens. */
  public boolean overnight() {
    return !start.isBefore(end);
  }

  /** Begin in nanoseconds of the wall clock since the midnight before it opens. */
  long opens() {
    return start.toNanoOfDay();
  }

  /** End in nanoseconds of the wall clock since the midnight before it opens. */
  long closes() {
    return end.toNanoOfDay() + (overnight() ? DAY : 0);
  }

  /** Whether it shares time with another shift that opens that many days later, 0 or more. */
  boolean meets(ShiftSlot other, int daysLater) {
    return opens() < other.closes() + daysLater * DAY && other.opens() + daysLater * DAY < closes();
  }

  /**
   * On which day a break begins: 0 for the day on which the shift opens, 1 for the next. If it can
   * begin within the shift on either, it does; else the one on which it reaches into the shift.
   *
   * @return empty if it is wholly outside
   */
  OptionalInt dayOf(PlannedStop stop) {
    for (int day = 0; day <= 1; day++) {
      long at = stop.at().toNanoOfDay() + day * DAY;
      if (opens() <= at && at < closes()) {
        return OptionalInt.of(day);
      }
    }
    long at = stop.at().toNanoOfDay();
    return at < closes() && at + stop.length().toNanos() > opens()
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }
}
