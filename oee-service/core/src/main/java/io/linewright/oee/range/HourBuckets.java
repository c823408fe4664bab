package io.linewright.oee.range;

import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.Duration;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Hours as a plant counts them. */
public final class HourBuckets {

  private static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;

  private HourBuckets() {}

  /**
   * Divides time into hours: in a shift the hours since it opened (one that opens at 05:30 has
   * 05:30 to 06:30), outside of shifts those of the wall clock. An hour is shorter where its shift
   * closes, the next one opens, the clock or the calendar is changed, or the time that is asked for
   * begins or ends; none is longer. The bounds do not depend on which time is asked for.
   *
   * @param assigned the calendar that holds at each instant of the time that is asked for
   * @return ascending, touching, together exactly that time
   */
  public static List<Span> of(Track<WorkCalendar> assigned) {
    List<Span> hours = new ArrayList<>();
    for (Piece<WorkCalendar> piece : assigned.pieces()) {
      Span whole = piece.span();
      PlantZone zone = piece.value().zone();
      long from = whole.fromMicros();
      for (Shift shift : CalendarTimes.shifts(piece.value(), whole)) {
        Span held = shift.span().and(whole).orElseThrow();
        addClockHours(zone, from, held.fromMicros(), hours);
        addHoursSince(shift.span().fromMicros(), held, hours);
        from = held.toMicros();
      }
      addClockHours(zone, from, whole.toMicros(), hours);
    }
    return hours;
  }

  private static void addHoursSince(long anchor, Span held, List<Span> hours) {
    long from = held.fromMicros();
    while (from < held.toMicros()) {
      long to = Math.min(held.toMicros(), from + HOUR - (from - anchor) % HOUR);
      hours.add(new Span(from, to));
      from = to;
    }
  }

  private static void addClockHours(PlantZone zone, long begin, long end, List<Span> hours) {
    long from = begin;
    while (from < end) {
      long inHour = zone.clock(from).getLong(ChronoField.MICRO_OF_DAY) % HOUR;
      long to = Math.min(end, from + HOUR - inHour);
      OptionalLong change = zone.changeAfter(from);
      if (change.isPresent()) {
        to = Math.min(to, change.getAsLong());
      }
      hours.add(new Span(from, to));
      from = to;
    }
  }
}
