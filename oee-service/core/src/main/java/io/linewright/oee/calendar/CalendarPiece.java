package io.linewright.oee.calendar;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the calendar says of an instant.
 *
 * @param kind whether work is planned
 * @param plantDay the day that it belongs to
 * @param shift the shift; null outside of shifts, and always if the calendar knows none
 * @param reason code of the reason of a planned stop; outside of shifts that of planned maintenance
 *     at that time; null without
 */
public record CalendarPiece(
    Kind kind, LocalDate plantDay, @Nullable Shift shift, @Nullable String reason) {

  /** Whether work is planned. */
  public enum Kind {
    /** Yes. */
    OPEN,
    /** It is in a shift, but for a break or planned maintenance. */
    PLANNED_STOP,
    /** There is no shift. */
    UNSCHEDULED
  }

  /**
   * @throws IllegalArgumentException if time without a stop has a reason, a planned stop none, or
   *     unscheduled time a shift
   */
  public CalendarPiece {
    boolean fits =
        switch (kind) {
          case OPEN -> reason == null;
          case PLANNED_STOP -> reason != null;
          case UNSCHEDULED -> shift == null;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "%s does not go with shift %s and reason %s".formatted(kind, shift, reason));
    }
  }

  /** The same with an interval of planned maintenance, which is no planned time any more. */
  CalendarPiece stopped(String why) {
    return new CalendarPiece(
        kind == Kind.UNSCHEDULED ? kind : Kind.PLANNED_STOP, plantDay, shift, why);
  }
}
