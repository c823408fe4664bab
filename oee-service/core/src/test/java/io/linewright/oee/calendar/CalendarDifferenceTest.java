package io.linewright.oee.calendar;

import static io.linewright.oee.calendar.Plans.VIENNA;
import static io.linewright.oee.calendar.Plans.ZONES;
import static io.linewright.oee.calendar.Plans.at;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.in;
import static io.linewright.oee.calendar.Plans.over;
import static io.linewright.oee.calendar.Plans.slot;
import static io.linewright.oee.calendar.Plans.span;
import static io.linewright.oee.calendar.Plans.threeShifts;
import static io.linewright.oee.calendar.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.CalendarTimes.PlannedInterval;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CalendarDifferenceTest {

  /** As Vienna would be if summer time had been abolished before 2026. */
  private static final PlantZone ABOLISHED =
      new PlantZone(VIENNA.id(), ZoneRules.of(ZoneOffset.ofHours(1)));

  @Test
  void newRulesOfAZoneChangeTheTimeInWhichTheyDiffer() {
    WorkCalendar before = threeShifts(VIENNA);
    WorkCalendar after = in(ABOLISHED, before);
    // In winter nothing; in the night of the change the seventh hour of the shift; then the first
    // hour of each shift belongs to the one before it, by an hour.
    Span whole = span("2026-03-20T00:00Z", "2026-03-29T14:00Z");
    assertThat(CalendarDifference.between(over(before, whole), over(after, whole)))
        .isEqualTo(
            Spans.of(
                List.of(
                    span("2026-03-29T04:00Z", "2026-03-29T05:00Z"),
                    span("2026-03-29T12:00Z", "2026-03-29T13:00Z"))));
    Span winter = span("2025-10-26T12:00Z", "2026-03-28T12:00Z");
    assertThat(CalendarDifference.between(over(before, winter), over(after, winter)))
        .isEqualTo(Spans.NONE);
  }

  @Test
  void whatAnUpdateChangedFollowsFromTheTextThatWasKept() {
    PlantZone kept = PlantZone.seen(VIENNA.id(), VIENNA.fingerprint(1970, 2100));
    assertThat(ABOLISHED.fingerprint(1970, 2100)).isNotEqualTo(VIENNA.fingerprint(1970, 2100));
    WorkCalendar now = in(ABOLISHED, threeShifts(VIENNA));
    Span summer = span("2026-03-01T00:00Z", "2026-11-30T00:00Z");
    Spans different = CalendarDifference.between(over(in(kept, now), summer), over(now, summer));
    assertThat(different)
        .isEqualTo(
            CalendarDifference.between(over(threeShifts(VIENNA), summer), over(now, summer)));
    // Three shifts a day for 210 days, an hour each.
    assertThat(different.micros()).isEqualTo(at("1970-01-27T06:00Z"));
    assertThat(different.list().getFirst().fromMicros()).isEqualTo(at("2026-03-29T04:00Z"));
    assertThat(different.list().getLast().toMicros()).isEqualTo(at("2026-10-24T21:00Z"));
  }

  @Test
  void aHolidayIsADifferenceOfItsDay() {
    WorkCalendar before = threeShifts(VIENNA);
    WorkCalendar after = with(before, new DayException.Closed(day("2026-05-01"), "Labour Day"));
    Span whole = span("2026-04-01T00:00Z", "2026-06-01T00:00Z");
    assertThat(CalendarDifference.between(over(before, whole), over(after, whole)))
        .isEqualTo(Spans.of(List.of(span("2026-05-01T06:00+02:00", "2026-05-02T06:00+02:00"))));
  }

  @Test
  void aShiftThatEndsLaterIsADifferenceOfTheTimeItGained() {
    WorkCalendar before = Plans.calendar(VIENNA, "06:00", pattern("14:00", null));
    Span whole = span("2026-05-04T00:00Z", "2026-05-05T00:00Z");
    Track<CalendarPiece> then = over(before, whole);
    assertThat(
            CalendarDifference.between(
                then, over(Plans.calendar(VIENNA, "06:00", pattern("15:00", null)), whole)))
        .isEqualTo(Spans.of(List.of(span("2026-05-04T12:00Z", "2026-05-04T13:00Z"))));
    // Another crew is another shift.
    assertThat(
            CalendarDifference.between(
                then, over(Plans.calendar(VIENNA, "06:00", pattern("14:00", "B")), whole)))
        .isEqualTo(Spans.of(List.of(span("2026-05-04T04:00Z", "2026-05-04T12:00Z"))));
  }

  @Test
  void plannedMaintenanceIsADifference() {
    Span whole = span("2026-05-04T00:00Z", "2026-05-05T00:00Z");
    Span service = span("2026-05-04T03:00Z", "2026-05-04T08:00Z");
    Track<WorkCalendar> calendar = Track.constant(whole, threeShifts(VIENNA));
    assertThat(
            CalendarDifference.between(
                CalendarTimes.over(calendar, List.of()),
                CalendarTimes.over(calendar, List.of(new PlannedInterval(service, "service")))))
        .isEqualTo(Spans.of(List.of(service)));
  }

  @Test
  void everyInstantIsDifferentOrNot() {
    Seeded.check(
        500,
        random -> {
          PlantZone zone = ZONES.get(random.nextInt(ZONES.size()));
          LocalDate around = day("2026-10-25");
          WorkCalendar before = Plans.random(random, zone, around);
          WorkCalendar after =
              random.nextBoolean()
                  ? in(ZONES.get(random.nextInt(ZONES.size())), before)
                  : Plans.random(random, zone, around);
          long middle = zone.micros(around, LocalTime.NOON);
          Span whole = new Span(middle - 100_000_000_000L, middle + 100_000_000_000L);
          Track<CalendarPiece> one = over(before, whole);
          Track<CalendarPiece> other = over(after, whole);
          Spans different = CalendarDifference.between(one, other);
          assertThat(CalendarDifference.between(other, one)).isEqualTo(different);
          assertThat(CalendarDifference.between(one, one)).isEqualTo(Spans.NONE);
          for (int i = 0; i < 50; i++) {
            long t = random.nextLong(whole.fromMicros(), whole.toMicros());
            assertThat(different.list().stream().anyMatch(span -> span.contains(t)))
                .isEqualTo(!said(one.at(t)).equals(said(other.at(t))));
          }
        });
  }

  private static ShiftPattern pattern(String end, @Nullable String crew) {
    ShiftSlot plain = slot("early", "06:00", end);
    return Plans.pattern(
        "2026-01-05",
        List.of(new ShiftSlot(plain.shift(), plain.start(), plain.end(), crew, List.of())));
  }

  private static String said(CalendarPiece piece) {
    Shift shift = piece.shift();
    return piece.kind()
        + " "
        + piece.plantDay()
        + " "
        + piece.reason()
        + (shift == null ? "" : " " + shift.calendar() + shift.id() + shift.crew());
  }
}
