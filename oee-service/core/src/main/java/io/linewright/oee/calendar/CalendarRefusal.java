package io.linewright.oee.calendar;

import java.time.LocalDate;

/** Why a calendar is not taken. */
public sealed interface CalendarRefusal {

  /** A sentence for whoever wrote the calendar. */
  String text();

  /**
   * Two shifts have time in common; no instant can belong to both.
   *
   * @param day on which the first of them opens, one of maybe many
   * @param first the one that opens first
   * @param second the other, of the same day or the next
   */
  record ShiftsOverlap(LocalDate day, String first, String second) implements CalendarRefusal {
    @Override
    public String text() {
      return "shift %s that opens on %s overlaps shift %s".formatted(first, day, second);
    }
  }

  /**
   * Two shifts of a day have one name, so that day and name are not one shift.
   *
   * @param day one of maybe many
   * @param shift the name
   */
  record ShiftTwice(LocalDate day, String shift) implements CalendarRefusal {
    @Override
    public String text() {
      return "two shifts of %s are named %s".formatted(day, shift);
    }
  }

  /**
   * A break is not in its shift, not even in part.
   *
   * @param shift name of the shift
   * @param stop name of the break
   */
  record BreakOutside(String shift, String stop) implements CalendarRefusal {
    @Override
    public String text() {
      return "break %s is outside of shift %s".formatted(stop, shift);
    }
  }

  /**
   * Two patterns hold on the same day.
   *
   * @param day the first such day
   */
  record PatternsOverlap(LocalDate day) implements CalendarRefusal {
    @Override
    public String text() {
      return "two patterns hold on " + day;
    }
  }

  /**
   * Two exceptions are about the same day.
   *
   * @param day which
   */
  record DayTwice(LocalDate day) implements CalendarRefusal {
    @Override
    public String text() {
      return "two exceptions are about " + day;
    }
  }
}
