package io.linewright.oee.calendar;

import static io.linewright.oee.calendar.Plans.ZONES;
import static io.linewright.oee.calendar.Plans.at;
import static io.linewright.oee.calendar.Plans.calendar;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.over;
import static io.linewright.oee.calendar.Plans.shift;
import static io.linewright.oee.calendar.Plans.slot;
import static io.linewright.oee.calendar.Plans.span;
import static io.linewright.oee.calendar.Plans.stop;
import static io.linewright.oee.calendar.Plans.zone;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.CalendarPiece.Kind;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What must be true of all calendars, in all zones, also where the clock is changed. */
class CalendarLawsTest {

  private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;

  @Test
  void everyInstantIsAsTheWallClockSays() {
    Seeded.check(
        1_000,
        random -> {
          WorkCalendar calendar = randomCalendar(random);
          Span whole = randomSpan(random, calendar);
          Track<CalendarPiece> track = over(calendar, whole);
          for (int i = 0; i < 30; i++) {
            long t = random.nextLong(whole.fromMicros(), whole.toMicros());
            CalendarPiece piece = track.at(t);
            Optional<Shift> expected = shiftAt(calendar, t);
            assertThat(Optional.ofNullable(piece.shift())).isEqualTo(expected);
            assertThat(piece.plantDay()).isEqualTo(PlantDays.containing(calendar, t));
            expected.ifPresent(shift -> assertThat(piece.plantDay()).isEqualTo(shift.day()));
            assertThat(piece.kind())
                .isEqualTo(
                    expected.isEmpty()
                        ? Kind.UNSCHEDULED
                        : inBreak(calendar, expected.get(), t) ? Kind.PLANNED_STOP : Kind.OPEN);
          }
        });
  }

  @Test
  void aPartOfTheTimeSaysTheSameAsTheWhole() {
    Seeded.check(
        1_000,
        random -> {
          WorkCalendar calendar = randomCalendar(random);
          Span whole = randomSpan(random, calendar);
          long from = random.nextLong(whole.fromMicros(), whole.toMicros());
          Span part = new Span(from, random.nextLong(from + 1, whole.toMicros() + 1));
          assertThat(over(calendar, part)).isEqualTo(over(calendar, whole).within(part));

          List<Shift> shifts = CalendarTimes.shifts(calendar, whole);
          assertThat(shifts.stream().filter(s -> s.span().overlaps(part)).toList())
              .isEqualTo(CalendarTimes.shifts(calendar, part));
          for (int i = 1; i < shifts.size(); i++) {
            assertThat(shifts.get(i).span().fromMicros())
                .isGreaterThanOrEqualTo(shifts.get(i - 1).span().toMicros());
          }
          long inShifts =
              Spans.of(shifts.stream().map(Shift::span).toList()).within(whole).micros();
          assertThat(micros(over(calendar, whole), Kind.OPEN, Kind.PLANNED_STOP))
              .isEqualTo(inShifts);
        });
  }

  private static WorkCalendar randomCalendar(RandomGenerator random) {
    // Weeks in which one of the zones changes its clock, and any other.
    String[] days = {
      "2026-03-29", "2026-10-25", "2016-05-01", "2026-04-05", "2026-10-04", "2011-12-30",
      "2018-11-04", "2019-02-17", "1993-08-21", "2016-10-30", "2028-02-29", "1969-09-30",
      "2005-10-30"
    };
    LocalDate around = day(days[random.nextInt(days.length)]);
    return Plans.random(random, ZONES.get(random.nextInt(ZONES.size())), around);
  }

  private static Span randomSpan(RandomGenerator random, WorkCalendar calendar) {
    LocalDate around = calendar.patterns().getFirst().anchor();
    long middle = calendar.zone().micros(around, LocalTime.NOON);
    return new Span(middle - random.nextLong(1, 3 * DAY), middle + random.nextLong(1, 3 * DAY));
  }

  /** From the definition: the shift whose wall clock times lie around the instant. */
  private static Optional<Shift> shiftAt(WorkCalendar calendar, long t) {
    PlantZone zone = calendar.zone();
    List<Shift> found = new ArrayList<>();
    LocalDate date = zone.clock(t).toLocalDate();
    for (LocalDate day = date.minusDays(3); day.isBefore(date.plusDays(3)); day = day.plusDays(1)) {
      for (ShiftSlot slot : zone.has(day) ? calendar.on(day) : List.<ShiftSlot>of()) {
        // Around a day that the zone does not have, days that were no neighbours are.
        LocalDate before = zone.previous(day);
        long from = zone.micros(day, slot.start());
        for (ShiftSlot earlier : calendar.on(before)) {
          from = Math.max(from, zone.micros(earlier.overnight() ? day : before, earlier.end()));
        }
        long to = zone.micros(slot.overnight() ? zone.next(day) : day, slot.end());
        if (from <= t && t < to) {
          Span span = new Span(from, to);
          found.add(new Shift(calendar.name(), slot.shift(), day, span, slot.crew()));
        }
      }
    }
    assertThat(found).hasSizeLessThan(2);
    return found.stream().findFirst();
  }

  private static boolean inBreak(WorkCalendar calendar, Shift shift, long t) {
    PlantZone zone = calendar.zone();
    ShiftSlot slot =
        calendar.on(shift.day()).stream()
            .filter(s -> s.shift().equals(shift.name()))
            .findFirst()
            .orElseThrow();
    return slot.breaks().stream()
        .anyMatch(
            stop -> {
              boolean later = slot.overnight() && stop.at().isBefore(slot.start());
              long at = zone.micros(later ? zone.next(shift.day()) : shift.day(), stop.at());
              return at <= t && t < at + stop.length().toNanos() / 1_000;
            });
  }

  private static long micros(Track<CalendarPiece> track, Kind... kinds) {
    return track.pieces().stream()
        .filter(piece -> Arrays.asList(kinds).contains(piece.value().kind()))
        .mapToLong(piece -> piece.span().micros())
        .sum();
  }
}
