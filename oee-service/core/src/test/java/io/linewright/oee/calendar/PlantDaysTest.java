package io.linewright.oee.calendar;

import static io.linewright.oee.calendar.Plans.VIENNA;
import static io.linewright.oee.calendar.Plans.ZONES;
import static io.linewright.oee.calendar.Plans.at;
import static io.linewright.oee.calendar.Plans.calendar;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.length;
import static io.linewright.oee.calendar.Plans.pattern;
import static io.linewright.oee.calendar.Plans.slot;
import static io.linewright.oee.calendar.Plans.span;
import static io.linewright.oee.calendar.Plans.threeShifts;
import static io.linewright.oee.calendar.Plans.zone;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantDaysTest {

  @ParameterizedTest
  @CsvSource({
    "Europe/Vienna,       2026-03-28, PT23H",
    "Europe/Vienna,       2026-03-29, PT24H",
    "Europe/Vienna,       2026-10-24, PT25H",
    "America/Caracas,     2016-04-30, PT23H30M",
    "Australia/Lord_Howe, 2026-10-03, PT23H30M",
    "Australia/Lord_Howe, 2026-04-04, PT24H30M",
    "Pacific/Apia,        2011-12-29, PT24H",
    "Pacific/Apia,        2011-12-31, PT24H",
    "Europe/Istanbul,     2016-10-29, PT24H",
    "Asia/Kolkata,        2028-02-29, PT24H",
  })
  void aDayIsAsLongAsItsClockSays(String zone, String day, String length) {
    Span span = PlantDays.of(threeShifts(zone(zone)), day(day)).orElseThrow();
    assertThat(length(span)).isEqualTo(Duration.parse(length));
  }

  @Test
  void aDayThatTheZoneDoesNotHaveIsLeftOut() {
    for (WorkCalendar apia :
        List.of(threeShifts(zone("Pacific/Apia")), WorkCalendar.always(zone("Pacific/Apia")))) {
      assertThat(PlantDays.of(apia, day("2011-12-30"))).isEmpty();
      assertThat(PlantDays.begin(apia, day("2011-12-30")))
          .isEqualTo(PlantDays.begin(apia, day("2011-12-31")));
    }
  }

  @Test
  void noShiftIsDivided() {
    // Shifts that start at half hours, and days that start at six.
    WorkCalendar halfHours =
        calendar(
            VIENNA,
            "06:00",
            pattern(
                "2026-01-05",
                List.of(
                    slot("early", "05:30", "13:30"),
                    slot("late", "13:30", "21:30"),
                    slot("night", "21:30", "05:30"))));
    assertThat(PlantDays.of(halfHours, day("2026-03-02")))
        .contains(span("2026-03-02T05:30+01:00", "2026-03-03T05:30+01:00"));

    // A night shift that runs over the start of the day.
    WorkCalendar over =
        calendar(VIENNA, "06:00", pattern("2026-01-05", List.of(slot("night", "22:15", "06:15"))));
    assertThat(PlantDays.of(over, day("2026-03-02")))
        .contains(span("2026-03-02T06:15+01:00", "2026-03-03T06:15+01:00"));
    assertThat(PlantDays.containing(over, at("2026-03-03T06:14:59.999999+01:00")))
        .isEqualTo(day("2026-03-02"));
    assertThat(PlantDays.containing(over, at("2026-03-03T06:15:00+01:00")))
        .isEqualTo(day("2026-03-03"));
  }

  @Test
  void withoutShiftsNearItTheDayStartsWhenTheCalendarSays() {
    WorkCalendar weekdays =
        calendar(
            VIENNA,
            "06:00",
            pattern(
                "2026-01-05",
                List.of(slot("early", "05:30", "13:30")),
                List.of(),
                List.of(slot("late", "09:00", "13:30"))));
    assertThat(PlantDays.begin(weekdays, day("2026-01-05"))).isEqualTo(at("2026-01-05T04:30Z"));
    assertThat(PlantDays.begin(weekdays, day("2026-01-06"))).isEqualTo(at("2026-01-06T05:00Z"));
    assertThat(PlantDays.begin(weekdays, day("2026-01-07"))).isEqualTo(at("2026-01-07T05:00Z"));
  }

  @Test
  void aClockThatIsPutBackOverMidnightDoesNotEndThePlantDay() {
    // On 2005-10-30 at 00:01 it was 23:01 of the day before, once more.
    PlantZone stJohns = zone("America/St_Johns");
    WorkCalendar fromMidnight =
        calendar(stJohns, "00:00", pattern("2005-01-03", List.of(slot("first", "00:00", "08:00"))));
    long again = at("2005-10-29T23:30:00-03:30");
    assertThat(stJohns.clock(again).toLocalDate()).isEqualTo(day("2005-10-29"));
    assertThat(PlantDays.containing(fromMidnight, again)).isEqualTo(day("2005-10-30"));
    assertThat(CalendarTimes.shifts(fromMidnight, new Span(again, again + 1)))
        .extracting(Shift::id)
        .containsExactly("2005-10-30/first");
    assertThat(PlantDays.of(fromMidnight, day("2005-10-30")).map(Plans::length))
        .contains(Duration.ofHours(25));
  }

  @Test
  void daysDivideAllTimeAndNoShift() {
    Seeded.check(
        1_000,
        random -> {
          PlantZone zone = ZONES.get(random.nextInt(ZONES.size()));
          LocalDate around =
              random.nextBoolean()
                  ? day("2026-03-29")
                  : zone.equals(zone("Pacific/Apia")) ? day("2011-12-30") : day("1993-08-21");
          WorkCalendar calendar = Plans.random(random, zone, around);
          long end = PlantDays.begin(calendar, around.minusDays(5));
          for (LocalDate day = around.minusDays(5);
              day.isBefore(around.plusDays(5));
              day = day.plusDays(1)) {
            Optional<Span> span = PlantDays.of(calendar, day);
            assertThat(span.isPresent()).isEqualTo(zone.has(day));
            List<Shift> opened = CalendarTimes.opened(calendar, day);
            if (span.isPresent()) {
              Span whole = span.get();
              assertThat(whole.fromMicros()).isEqualTo(end);
              end = whole.toMicros();
              long t = random.nextLong(whole.fromMicros(), whole.toMicros());
              for (long inside : new long[] {whole.fromMicros(), t, whole.toMicros() - 1}) {
                assertThat(PlantDays.containing(calendar, inside)).isEqualTo(day);
              }
              assertThat(opened).allMatch(shift -> whole.covers(shift.span()));
            } else {
              assertThat(opened).isEmpty();
            }
          }
        });
  }
}
