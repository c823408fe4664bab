package io.linewright.oee.calendar;

import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Days as a plant counts them. They divide all time, and no shift: each shift lies wholly in the
 * day on which it opened.
 */
public final class PlantDays {

  private PlantDays() {}

  /**
   * When a plant day begins: when the calendar says that days do, but not after its first shift
   * opened, nor before the last one of the day before has closed. A day that the zone does not have
   * begins, and ends, with the next.
   *
   * @return microseconds since the epoch
   */
  public static long begin(WorkCalendar calendar, LocalDate day) {
    PlantZone zone = calendar.zone();
    LocalDate there = zone.has(day) ? day : zone.next(day);
    long begin = zone.micros(there, calendar.dayStart());
    List<Shift> shifts = CalendarTimes.opened(calendar, there);
    if (!shifts.isEmpty()) {
      begin = Math.min(begin, shifts.getFirst().span().fromMicros());
    }
    return Math.max(begin, CalendarTimes.lastClosing(calendar, zone.previous(there)));
  }

  /** The time of a plant day; empty for one that the zone does not have. */
  public static Optional<Span> of(WorkCalendar calendar, LocalDate day) {
    long from = begin(calendar, day);
    long to = begin(calendar, day.plusDays(1));
    return from < to ? Optional.of(new Span(from, to)) : Optional.empty();
  }

  /** The plant day of an instant, in microseconds since the epoch. */
  public static LocalDate containing(WorkCalendar calendar, long micros) {
    // St. John's once put the clock back at 00:01: the plant day had begun, the date was the old.
    LocalDate day = calendar.zone().clock(micros).toLocalDate().plusDays(1);
    while (begin(calendar, day) > micros) {
      day = day.minusDays(1);
    }
    return day;
  }
}
