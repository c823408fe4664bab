package io.linewright.oee.range;

import static io.linewright.oee.calendar.Plans.VIENNA;
import static io.linewright.oee.calendar.Plans.ZONES;
import static io.linewright.oee.calendar.Plans.at;
import static io.linewright.oee.calendar.Plans.calendar;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.pattern;
import static io.linewright.oee.calendar.Plans.slot;
import static io.linewright.oee.calendar.Plans.span;
import static io.linewright.oee.calendar.Plans.zone;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.Plans;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HourBucketsTest {

  private static final long HOUR = 3_600_000_000L;

  @Test
  void aShiftThatOpensAtAHalfHourHasItsHoursFromThere() {
    WorkCalendar early =
        calendar(VIENNA, "05:30", pattern("2026-01-05", List.of(slot("early", "05:30", "08:15"))));
    assertThat(clock(VIENNA, early, "2026-03-02T03:40Z", "2026-03-02T08:20Z"))
        .containsExactly("04:40", "05:00", "05:30", "06:30", "07:30", "08:15", "09:00");
  }

  @Test
  void hoursOfAShiftPassWhateverTheClockSays() {
    WorkCalendar night =
        calendar(VIENNA, "06:00", pattern("2026-01-05", List.of(slot("night", "22:00", "06:00"))));
    assertThat(clock(VIENNA, night, "2026-03-28T21:00Z", "2026-03-29T04:00Z"))
        .containsExactly("22:00", "23:00", "00:00", "01:00", "03:00", "04:00", "05:00");
    assertThat(clock(VIENNA, night, "2026-10-24T20:00Z", "2026-10-25T05:00Z"))
        .containsExactly(
            "22:00", "23:00", "00:00", "01:00", "02:00", "02:00", "03:00", "04:00", "05:00");
  }

  @Test
  void outsideOfShiftsHoursAreThoseOfTheClock() {
    PlantZone kolkata = zone("Asia/Kolkata");
    assertThat(
            clock(kolkata, WorkCalendar.always(kolkata), "2026-03-28T21:00Z", "2026-03-29T00:00Z"))
        .containsExactly("02:30", "03:00", "04:00", "05:00");
    // At 02:30 it was 03:00.
    PlantZone caracas = zone("America/Caracas");
    assertThat(
            clock(caracas, WorkCalendar.always(caracas), "2016-05-01T06:00Z", "2016-05-01T09:00Z"))
        .containsExactly("01:30", "02:00", "03:00", "04:00");
    PlantZone island = zone("Australia/Lord_Howe");
    // Forward from 02:00 to 02:30, and back from 02:00 to 01:30.
    assertThat(clock(island, WorkCalendar.always(island), "2026-10-03T14:30Z", "2026-10-03T17:30Z"))
        .containsExactly("01:00", "02:30", "03:00", "04:00");
    assertThat(clock(island, WorkCalendar.always(island), "2026-04-04T14:00Z", "2026-04-04T17:30Z"))
        .containsExactly("01:00", "01:30", "02:00", "03:00");
    assertThat(clock(VIENNA, WorkCalendar.always(VIENNA), "2026-10-24T23:00Z", "2026-10-25T03:00Z"))
        .containsExactly("01:00", "02:00", "02:00", "03:00");
  }

  @Test
  void aCalendarThatCutsAShiftLeavesItsHoursWhereTheyWere() {
    TreeMap<LocalDate, WorkCalendar> from = new TreeMap<>();
    from.put(day("2026-03-03"), WorkCalendar.always(VIENNA));
    WorkCalendar night =
        calendar(VIENNA, "06:00", pattern("2026-01-05", List.of(slot("night", "21:30", "05:30"))));
    Span whole = span("2026-03-02T22:10+01:00", "2026-03-03T02:00+01:00");
    assertThat(HourBuckets.of(CalendarTimes.assigned(whole, night, from)))
        .extracting(hour -> VIENNA.clock(hour.fromMicros()).toLocalTime().toString())
        .containsExactly("22:10", "22:30", "23:30", "00:00", "01:00");
  }

  @Test
  void hoursDivideTimeAndDoNotDependOnWhatIsAskedFor() {
    Seeded.check(
        500,
        random -> {
          LocalDate around = day(random.nextBoolean() ? "2026-03-29" : "2026-10-25");
          WorkCalendar calendar =
              Plans.random(random, ZONES.get(random.nextInt(ZONES.size())), around);
          long noon = calendar.zone().micros(around, LocalTime.NOON);
          Span whole = new Span(noon - random.nextLong(48 * HOUR) - 1, noon + 30 * HOUR);
          List<Span> hours = HourBuckets.of(Track.constant(whole, calendar));
          long end = whole.fromMicros();
          for (Span hour : hours) {
            assertThat(hour.fromMicros()).isEqualTo(end);
            assertThat(hour.micros()).isLessThanOrEqualTo(HOUR);
            end = hour.toMicros();
          }
          assertThat(end).isEqualTo(whole.toMicros());

          long from = random.nextLong(whole.fromMicros(), whole.toMicros());
          Span part = new Span(from, random.nextLong(from + 1, whole.toMicros() + 1));
          List<Span> cut = new ArrayList<>();
          hours.forEach(hour -> hour.and(part).ifPresent(cut::add));
          assertThat(HourBuckets.of(Track.constant(part, calendar))).isEqualTo(cut);

          List<Long> bounds = hours.stream().map(Span::fromMicros).toList();
          assertThat(
                  CalendarTimes.shifts(calendar, whole).stream()
                      .map(shift -> shift.span().fromMicros())
                      .filter(whole::contains)
                      .toList())
              .isSubsetOf(bounds);
        });
  }

  /** Begins of the hours by the wall clock. */
  private static List<String> clock(PlantZone zone, WorkCalendar calendar, String from, String to) {
    List<Span> hours = HourBuckets.of(Track.constant(new Span(at(from), at(to)), calendar));
    return hours.stream().map(h -> zone.clock(h.fromMicros()).toLocalTime().toString()).toList();
  }
}
