package io.linewright.oee.calendar;

import static io.linewright.oee.calendar.Plans.VIENNA;
import static io.linewright.oee.calendar.Plans.at;
import static io.linewright.oee.calendar.Plans.calendar;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.length;
import static io.linewright.oee.calendar.Plans.over;
import static io.linewright.oee.calendar.Plans.pattern;
import static io.linewright.oee.calendar.Plans.shift;
import static io.linewright.oee.calendar.Plans.slot;
import static io.linewright.oee.calendar.Plans.span;
import static io.linewright.oee.calendar.Plans.stop;
import static io.linewright.oee.calendar.Plans.threeShifts;
import static io.linewright.oee.calendar.Plans.with;
import static io.linewright.oee.calendar.Plans.zone;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.CalendarPiece.Kind;
import io.linewright.oee.calendar.CalendarTimes.PlannedInterval;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTimesTest {

  @ParameterizedTest
  @CsvSource({
    // The clock is put forward, then back, by an hour; then days without a change.
    "Europe/Vienna,       2026-03-28, 2026-03-28T21:00Z, PT7H",
    "Europe/Vienna,       2026-10-24, 2026-10-24T20:00Z, PT9H",
    "Europe/Vienna,       2026-03-29, 2026-03-29T20:00Z, PT8H",
    "America/New_York,    2026-03-07, 2026-03-08T03:00Z, PT7H",
    "America/New_York,    2026-10-31, 2026-11-01T02:00Z, PT9H",
    // Half an hour forward, once, by decree.
    "America/Caracas,     2016-04-30, 2016-05-01T02:30Z, PT7H30M",
    // Summer time of half an hour.
    "Australia/Lord_Howe, 2026-10-03, 2026-10-03T11:30Z, PT7H30M",
    "Australia/Lord_Howe, 2026-04-04, 2026-04-04T11:00Z, PT8H30M",
    // At midnight: back to 23:00 of the day before, and forward to 01:00.
    "America/Sao_Paulo,   2019-02-16, 2019-02-17T00:00Z, PT9H",
    "America/Sao_Paulo,   2018-11-03, 2018-11-04T01:00Z, PT7H",
    // Zones that are off by half an hour, and by three quarters.
    "Asia/Kolkata,        2026-03-28, 2026-03-28T16:30Z, PT8H",
    "Asia/Kathmandu,      2026-03-28, 2026-03-28T16:15Z, PT8H",
    // Turkey did not put the clock back in 2016, and never again forward.
    "Europe/Istanbul,     2016-10-29, 2016-10-29T19:00Z, PT8H",
    "Europe/Istanbul,     2016-03-26, 2016-03-26T20:00Z, PT7H",
    "Europe/Istanbul,     2017-03-25, 2017-03-25T19:00Z, PT8H",
    // There was no 2011-12-30: who comes on the 29th goes home on the 31st, after eight hours.
    "Pacific/Apia,        2011-12-29, 2011-12-30T08:00Z, PT8H",
    "UTC,                 2028-02-29, 2028-02-29T22:00Z, PT8H",
  })
  void theNightShiftEndsAtSixByTheClock(String zone, String day, String from, String length) {
    Span night = shift(threeShifts(zone(zone)), day, "night").span();
    assertThat(night.fromMicros()).isEqualTo(at(from));
    assertThat(length(night)).isEqualTo(Duration.parse(length));
  }

  @Test
  void dayAfterAndBeforeAChangeHaveTheirEightHours() {
    WorkCalendar vienna = threeShifts(VIENNA);
    List<Shift> shifts =
        CalendarTimes.shifts(vienna, span("2026-03-28T23:00+01:00", "2026-03-29T23:00+02:00"));
    assertThat(shifts)
        .extracting(Shift::id)
        .containsExactly(
            "2026-03-28/night", "2026-03-29/early", "2026-03-29/late", "2026-03-29/night");
    assertThat(shifts).extracting(s -> length(s.span()).toHours()).containsExactly(7L, 8L, 8L, 8L);
  }

  @Test
  void aShiftThatTheClockLeavesNoTimeIsNotThere() {
    WorkCalendar vienna =
        calendar(VIENNA, "00:00", pattern("2026-01-01", List.of(slot("short", "02:00", "03:00"))));
    assertThat(CalendarTimes.opened(vienna, day("2026-03-28"))).hasSize(1);
    assertThat(CalendarTimes.opened(vienna, day("2026-03-29"))).isEmpty();
    assertThat(length(shift(vienna, "2026-10-25", "short").span())).isEqualTo(Duration.ofHours(2));
    // Not before its own begin, as if 02:30 were 03:30 and 03:15 remained 03:15.
    WorkCalendar cut =
        calendar(VIENNA, "00:00", pattern("2026-01-01", List.of(slot("cut", "02:30", "03:15"))));
    assertThat(shift(cut, "2026-03-29", "cut").span())
        .isEqualTo(span("2026-03-29T03:00+02:00", "2026-03-29T03:15+02:00"));
  }

  @Test
  void breaksAreAtAWallClockTimeForAsLongAsTheyTake() {
    WorkCalendar vienna =
        calendar(
            VIENNA,
            "06:00",
            pattern(
                "2026-01-05",
                List.of(slot("night", "22:00", "06:00", stop("02:30", 45), stop("23:00", 15)))));
    assertThat(stops(vienna, "2026-03-28T12:00Z", "2026-03-29T12:00Z"))
        .containsExactly(
            span("2026-03-28T23:00+01:00", "2026-03-28T23:15+01:00"),
            span("2026-03-29T03:00+02:00", "2026-03-29T03:45+02:00"));
    assertThat(stops(vienna, "2026-10-24T12:00Z", "2026-10-25T12:00Z"))
        .containsExactly(
            span("2026-10-24T23:00+02:00", "2026-10-24T23:15+02:00"),
            span("2026-10-25T02:30+02:00", "2026-10-25T02:15+01:00"));
  }

  @Test
  void breaksAreCutAtTheirShiftAndCountOnce() {
    WorkCalendar utc =
        calendar(
            zone("UTC"),
            "06:00",
            pattern(
                "2026-01-05",
                List.of(
                    slot(
                        "early",
                        "06:00",
                        "14:00",
                        stop("05:50", 20, "handover"),
                        stop("09:00", 30, "break"),
                        stop("09:15", 30, "meeting"),
                        stop("09:05", 5, "inside"),
                        stop("13:50", 20, "cleaning")),
                    slot("late", "14:00", "22:00"))));
    assertThat(WorkCalendar.check(utc)).isInstanceOf(WorkCalendar.Valid.class);
    Track<CalendarPiece> track = over(utc, span("2026-01-05T05:00Z", "2026-01-05T15:00Z"));
    assertThat(words(track))
        .containsExactly(
            "05:00 2026-01-04 UNSCHEDULED",
            "06:00 2026-01-05 PLANNED_STOP early handover",
            "06:10 2026-01-05 OPEN early",
            "09:00 2026-01-05 PLANNED_STOP early break",
            "09:30 2026-01-05 PLANNED_STOP early meeting",
            "09:45 2026-01-05 OPEN early",
            "13:50 2026-01-05 PLANNED_STOP early cleaning",
            "14:00 2026-01-05 OPEN late");
  }

  @Test
  void aShiftBelongsToTheDayOnWhichItOpened() {
    WorkCalendar utc =
        with(
            threeShifts(zone("UTC")),
            new DayException.Closed(day("2026-12-25"), "Christmas"),
            new DayException.Other(
                day("2026-12-26"), "overtime", List.of(slot("half", "10:30", "14:30"))));
    assertThat(words(over(utc, span("2026-12-24T21:00Z", "2026-12-27T07:00Z"))))
        .containsExactly(
            "21:00 2026-12-24 OPEN late",
            "22:00 2026-12-24 OPEN night",
            "06:00 2026-12-25 UNSCHEDULED",
            "06:00 2026-12-26 UNSCHEDULED",
            "10:30 2026-12-26 OPEN half",
            "14:30 2026-12-26 UNSCHEDULED",
            "06:00 2026-12-27 OPEN early");
  }

  @Test
  void aRotationGoesOnOverYears() {
    List<ShiftSlot> early = List.of(slot("early", "05:30", "13:30"));
    List<ShiftSlot> night = List.of(slot("night", "21:30", "05:30"));
    List<ShiftSlot> free = List.of();
    // Two early, one free, two nights, three free: eight days, no multiple of a week.
    WorkCalendar rotating =
        calendar(
            VIENNA,
            "05:30",
            pattern("2027-06-01", early, early, free, night, night, free, free, free));
    String table = "EE.NN...";
    StringBuilder expected = new StringBuilder();
    StringBuilder actual = new StringBuilder();
    for (LocalDate day = day("2027-06-01"); day.getYear() < 2029; day = day.plusDays(1)) {
      expected.append(
          table.charAt((int) ((day.toEpochDay() - day("2027-06-01").toEpochDay()) % 8)));
      actual.append(letter(rotating, day));
    }
    assertThat(actual.toString()).isEqualTo(expected.toString()).hasSize(580);
    // Days before the anchor follow from it as well, and a leap day is a day.
    assertThat(letter(rotating, day("2027-05-31"))).isEqualTo('.');
    assertThat(letter(rotating, day("2027-05-28"))).isEqualTo('N');
    assertThat(letter(rotating, day("2028-02-29")))
        .isEqualTo(
            table.charAt(
                (int) ((day("2028-02-29").toEpochDay() - day("2027-06-01").toEpochDay()) % 8)));
  }

  @Test
  void patternsHoldFromTheirFirstToTheirLastDay() {
    List<ShiftSlot> slots = List.of(slot("day", "08:00", "16:00"));
    ShiftPattern old =
        new ShiftPattern(day("2026-01-01"), List.of(slots), day("2026-02-02"), day("2026-02-03"));
    ShiftPattern next =
        new ShiftPattern(
            day("2026-01-01"),
            List.of(List.of(slot("long", "08:00", "20:00"))),
            day("2026-02-04"),
            null);
    WorkCalendar changing = calendar(VIENNA, "06:00", old, next);
    assertThat(WorkCalendar.check(changing)).isInstanceOf(WorkCalendar.Valid.class);
    assertThat(CalendarTimes.shifts(changing, span("2026-01-30T00:00Z", "2026-02-05T23:00Z")))
        .extracting(Shift::id)
        .containsExactly("2026-02-02/day", "2026-02-03/day", "2026-02-04/long", "2026-02-05/long");
  }

  @Test
  void withoutShiftsAllTimeIsPlanned() {
    WorkCalendar always = WorkCalendar.always(VIENNA);
    assertThat(words(over(always, span("2026-03-28T12:00Z", "2026-03-30T12:00Z"))))
        .containsExactly("12:00 2026-03-28 OPEN", "23:00 2026-03-29 OPEN", "22:00 2026-03-30 OPEN");
    assertThat(CalendarTimes.shifts(always, span("2026-03-28T12:00Z", "2026-03-30T12:00Z")))
        .isEmpty();
    // One that knows shifts plans nothing but them.
    WorkCalendar once =
        with(
            always,
            new DayException.Other(
                day("2026-03-29"), "trial", List.of(slot("trial", "10:00", "11:00"))));
    assertThat(words(over(once, span("2026-03-28T23:00Z", "2026-03-29T20:00Z"))))
        .containsExactly(
            "23:00 2026-03-29 UNSCHEDULED",
            "08:00 2026-03-29 OPEN trial",
            "09:00 2026-03-29 UNSCHEDULED");
  }

  @Test
  void plannedMaintenanceWinsAndIsToldOutsideOfShiftsToo() {
    WorkCalendar utc =
        calendar(
            zone("UTC"),
            "06:00",
            pattern("2026-01-05", List.of(slot("early", "06:00", "14:00", stop("09:00", 30)))));
    Span whole = span("2026-01-05T06:00Z", "2026-01-05T16:00Z");
    Track<CalendarPiece> track =
        CalendarTimes.over(
            Track.constant(whole, utc),
            List.of(
                new PlannedInterval(span("2026-01-05T13:00Z", "2026-01-05T15:00Z"), "service"),
                new PlannedInterval(span("2026-01-05T13:30Z", "2026-01-05T13:45Z"), "oil"),
                new PlannedInterval(span("2026-01-05T09:15Z", "2026-01-05T10:00Z"), "service"),
                new PlannedInterval(span("2025-01-05T09:15Z", "2025-01-05T10:00Z"), "past")));
    assertThat(words(track))
        .containsExactly(
            "06:00 2026-01-05 OPEN early",
            "09:00 2026-01-05 PLANNED_STOP early break",
            "09:15 2026-01-05 PLANNED_STOP early service",
            "10:00 2026-01-05 OPEN early",
            "13:00 2026-01-05 PLANNED_STOP early service",
            "13:30 2026-01-05 PLANNED_STOP early oil",
            "13:45 2026-01-05 PLANNED_STOP early service",
            "14:00 2026-01-05 UNSCHEDULED service",
            "15:00 2026-01-05 UNSCHEDULED");
  }

  @Test
  void anotherCalendarHoldsFromItsFirstPlantDay() {
    WorkCalendar old = threeShifts(VIENNA);
    WorkCalendar next =
        new WorkCalendar(
            "two",
            VIENNA,
            LocalTime.of(5, 30),
            List.of(pattern("2026-01-05", List.of(slot("a", "05:30", "17:30")))),
            List.of(),
            1);
    TreeMap<LocalDate, WorkCalendar> from = new TreeMap<>();
    from.put(day("2026-03-02"), next);
    from.put(day("2026-03-04"), WorkCalendar.always(VIENNA));
    Span whole = span("2026-03-01T20:00+01:00", "2026-03-04T10:00+01:00");
    Track<WorkCalendar> assigned = CalendarTimes.assigned(whole, old, from);
    assertThat(assigned.pieces())
        .extracting(piece -> piece.span().fromMicros())
        .containsExactly(
            at("2026-03-01T20:00+01:00"),
            at("2026-03-02T05:30+01:00"),
            at("2026-03-04T00:00+01:00"));
    assertThat(words(CalendarTimes.over(assigned, List.of())))
        .containsExactly(
            "19:00 2026-03-01 OPEN late",
            "21:00 2026-03-01 OPEN night",
            "04:30 2026-03-02 OPEN a",
            "16:30 2026-03-02 UNSCHEDULED",
            "04:30 2026-03-03 OPEN a",
            "16:30 2026-03-03 UNSCHEDULED",
            "23:00 2026-03-04 OPEN");
  }

  @Test
  void anUncheckedCalendarDividesTimeAllTheSame() {
    WorkCalendar wrong =
        calendar(
            zone("UTC"),
            "06:00",
            pattern(
                "2026-01-05",
                List.of(
                    slot("b", "10:00", "18:00"),
                    slot("a", "06:00", "12:00", stop("03:00", 10)),
                    slot("c", "11:00", "11:30"),
                    slot("d", "20:00", "08:00"))));
    assertThat(words(over(wrong, span("2026-01-05T05:00Z", "2026-01-06T09:00Z"))))
        .containsExactly(
            "05:00 2026-01-04 OPEN d",
            "08:00 2026-01-05 OPEN a",
            "12:00 2026-01-05 OPEN b",
            "18:00 2026-01-05 UNSCHEDULED",
            "20:00 2026-01-05 OPEN d",
            "08:00 2026-01-06 OPEN a");
  }

  private static char letter(WorkCalendar calendar, LocalDate day) {
    List<Shift> shifts = CalendarTimes.opened(calendar, day);
    return shifts.isEmpty() ? '.' : shifts.getFirst().name().toUpperCase(Locale.ROOT).charAt(0);
  }

  private static List<Span> stops(WorkCalendar calendar, String from, String to) {
    return over(calendar, span(from, to)).pieces().stream()
        .filter(piece -> piece.value().kind() == Kind.PLANNED_STOP)
        .map(Piece::span)
        .toList();
  }

  /** Each piece as begin by UTC, plant day, kind, shift and reason. */
  private static List<String> words(Track<CalendarPiece> track) {
    return track.pieces().stream()
        .map(
            piece -> {
              CalendarPiece value = piece.value();
              return zone("UTC").clock(piece.span().fromMicros()).toLocalTime()
                  + " "
                  + value.plantDay()
                  + " "
                  + value.kind()
                  + (value.shift() == null ? "" : " " + value.shift().name())
                  + (value.reason() == null ? "" : " " + value.reason());
            })
        .toList();
  }
}
