package io.linewright.oee.calendar;

import java.time.LocalDate;
import java.util.List;

/** A day that is not as the pattern says. */
public sealed interface DayException {

  /** Which day. */
  LocalDate day();

  /** Why, for people. */
  String reason();

  /** The shifts that open on it, instead of those of the pattern. */
  List<ShiftSlot> slots();

  /**
   * No shift opens, as on a holiday. One that opened the day before still ends as it would.
   *
   * @param day which
   * @param reason why, not blank
   */
  record Closed(LocalDate day, String reason) implements DayException {

    /**
     * @throws IllegalArgumentException if the reason is blank
     */
    public Closed {
      requireReason(reason);
    }

    @Override
    public List<ShiftSlot> slots() {
      return List.of();
    }
  }

  /**
   * Other shifts, or some where there are none.
   *
   * @param day which
   * @param reason why, not blank
   * @param slots all shifts of the day
   */
  record Other(LocalDate day, String reason, List<ShiftSlot> slots) implements DayException {

    /**
     * @throws IllegalArgumentException if the reason is blank
     */
    public Other {
      requireReason(reason);
      slots = List.copyOf(slots);
    }
  }

  private static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("an exception of a calendar needs a reason");
    }
  }
}
