package io.linewright.oee.calendar;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shifts that come again: a week, or a rotation of any length.
 *
 * @param anchor a day that is the first of the cycle; any other, before or after, follows from it
 * @param cycle the shifts of each day, 1 to 366 days; a day may have none
 * @param validFrom first day on which it holds
 * @param validTo last day on which it holds; null for ever
 */
public record ShiftPattern(
    LocalDate anchor,
    List<List<ShiftSlot>> cycle,
    LocalDate validFrom,
    @Nullable LocalDate validTo) {

  /** Most days that a cycle has. */
  public static final int LONGEST = 366;

  /**
   * @throws IllegalArgumentException if the cycle has no day or too many, or ends before it begins
   */
  public ShiftPattern {
    cycle = cycle.stream().map(List::copyOf).toList();
    if (cycle.isEmpty() || cycle.size() > LONGEST) {
      throw new IllegalArgumentException(
          "a cycle has 1 to %d days, not %d".formatted(LONGEST, cycle.size()));
    }
    if (validTo != null && validTo.isBefore(validFrom)) {
      throw new IllegalArgumentException(
          "a pattern that begins on %s cannot end on %s".formatted(validFrom, validTo));
    }
  }

  /** Whether it holds on a day. */
  public boolean holds(LocalDate day) {
    return !day.isBefore(validFrom) && (validTo == null || !day.isAfter(validTo));
  }

  /** The shifts that open on a day; none where it does not hold. */
  public List<ShiftSlot> on(LocalDate day) {
    return holds(day)
        ? cycle.get(Math.floorMod(day.toEpochDay() - anchor.toEpochDay(), cycle.size()))
        : List.of();
  }
}
