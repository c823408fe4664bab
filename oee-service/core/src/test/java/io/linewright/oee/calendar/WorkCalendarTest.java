package io.linewright.oee.calendar;

import static io.linewright.oee.calendar.Plans.VIENNA;
import static io.linewright.oee.calendar.Plans.calendar;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.pattern;
import static io.linewright.oee.calendar.Plans.slot;
import static io.linewright.oee.calendar.Plans.stop;
import static io.linewright.oee.calendar.Plans.threeShifts;
import static io.linewright.oee.calendar.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.calendar.CalendarRefusal.BreakOutside;
import io.linewright.oee.calendar.CalendarRefusal.DayTwice;
import io.linewright.oee.calendar.CalendarRefusal.PatternsOverlap;
import io.linewright.oee.calendar.CalendarRefusal.ShiftTwice;
import io.linewright.oee.calendar.CalendarRefusal.ShiftsOverlap;
import io.linewright.oee.calendar.CalendarTimes.PlannedInterval;
import io.linewright.oee.calendar.WorkCalendar.Refused;
import io.linewright.oee.calendar.WorkCalendar.Valid;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WorkCalendarTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

  @Test
  void shiftsThatTouchAreFineAndSoIsAShiftOf24Hours() {
    requireValid(threeShifts(VIENNA));
    requireValid(daily(slot("all", "06:00", "06:00", stop("05:50", 20))));
    requireValid(WorkCalendar.always(VIENNA));
    assertThat(WorkCalendar.always(VIENNA).continuous()).isTrue();
    assertThat(threeShifts(VIENNA).continuous()).isFalse();
    assertThat(with(WorkCalendar.always(VIENNA), closed("2026-01-05")).continuous()).isFalse();
  }

  @Test
  void shiftsThatOverlapAreRefused() {
    assertThat(refusals(daily(slot("a", "06:00", "14:01"), slot("b", "14:00", "22:00"))))
        .containsExactly(new ShiftsOverlap(day("1900-01-01"), "a", "b"));
    // Over midnight: with the next day of the cycle, and from its last day to its first.
    assertThat(
            refusals(
                calendar(
                    VIENNA,
                    "06:00",
                    pattern(
                        "1900-01-01",
                        List.of(slot("early", "06:00", "14:00")),
                        List.of(),
                        List.of(slot("night", "22:00", "06:30"))))))
        .containsExactly(new ShiftsOverlap(day("1900-01-03"), "night", "early"));
    assertThat(refusals(daily(slot("all", "06:00", "06:00"), slot("in", "23:00", "23:30"))))
        .containsExactly(new ShiftsOverlap(day("1900-01-01"), "all", "in"));
  }

  @Test
  void overlapsWithExceptionsAndBetweenPatternsAreRefused() {
    WorkCalendar nights = daily(slot("night", "22:00", "06:00"));
    DayException before =
        new DayException.Other(MONDAY, "extra", List.of(slot("extra", "05:00", "07:00")));
    DayException after =
        new DayException.Other(MONDAY, "extra", List.of(slot("long", "20:00", "19:00")));
    assertThat(refusals(with(nights, before)))
        .containsExactly(new ShiftsOverlap(MONDAY.minusDays(1), "night", "extra"));
    requireValid(with(nights, after));
    assertThat(
            refusals(
                with(
                    nights,
                    after,
                    new DayException.Other(
                        MONDAY.plusDays(1), "more", List.of(slot("more", "18:00", "20:00"))))))
        .containsExactly(new ShiftsOverlap(MONDAY, "long", "more"));

    ShiftPattern old =
        new ShiftPattern(
            MONDAY, List.of(List.of(slot("night", "22:00", "06:00"))), MONDAY, MONDAY.plusDays(9));
    ShiftPattern next =
        new ShiftPattern(
            MONDAY, List.of(List.of(slot("early", "05:00", "13:00"))), MONDAY.plusDays(10), null);
    assertThat(refusals(calendar(VIENNA, "06:00", old, next)))
        .containsExactly(new ShiftsOverlap(MONDAY.plusDays(9), "night", "early"));
    assertThat(refusals(calendar(VIENNA, "06:00", next, old)))
        .containsExactly(new ShiftsOverlap(MONDAY.plusDays(9), "night", "early"));
  }

  @Test
  void twoShiftsOfADayHaveTwoNames() {
    assertThat(refusals(daily(slot("a", "06:00", "10:00"), slot("a", "12:00", "16:00"))))
        .containsExactly(new ShiftTwice(day("1900-01-01"), "a"));
  }

  @Test
  void breaksWhollyOutsideAreRefusedThoseThatReachInAreNot() {
    assertThat(
            refusals(
                daily(
                    slot("a", "06:00", "14:00", stop("14:00", 10), stop("05:30", 30)),
                    slot("n", "22:00", "06:00", stop("06:00", 10), stop("21:00", 60)))))
        .containsExactly(
            new BreakOutside("a", "at 14:00"),
            new BreakOutside("a", "at 05:30"),
            new BreakOutside("n", "at 06:00"),
            new BreakOutside("n", "at 21:00"));
    requireValid(
        daily(
            slot("a", "06:00", "14:00", stop("13:59", 600), stop("05:30", 31)),
            slot("n", "22:00", "06:00", stop("05:59", 10), stop("21:00", 61), stop("00:00", 1))));
  }

  @Test
  void aDayHasOnePatternAndOneException() {
    ShiftPattern one = new ShiftPattern(MONDAY, List.of(List.of()), MONDAY, MONDAY.plusDays(5));
    ShiftPattern other = new ShiftPattern(MONDAY, List.of(List.of()), MONDAY.plusDays(5), null);
    ShiftPattern later = new ShiftPattern(MONDAY, List.of(List.of()), MONDAY.plusDays(6), null);
    assertThat(refusals(calendar(VIENNA, "06:00", one, other)))
        .containsExactly(new PatternsOverlap(MONDAY.plusDays(5)));
    assertThat(refusals(calendar(VIENNA, "06:00", other, one)))
        .containsExactly(new PatternsOverlap(MONDAY.plusDays(5)));
    requireValid(calendar(VIENNA, "06:00", one, later));
    assertThat(
            refusals(
                with(
                    threeShifts(VIENNA),
                    closed("2026-12-25"),
                    closed("2026-12-26"),
                    closed("2026-12-25"),
                    closed("2026-12-25"))))
        .containsExactly(new DayTwice(day("2026-12-25")));
  }

  @Test
  void allThatIsWrongIsToldAtOnceInASentence() {
    WorkCalendar wrong =
        with(
            daily(slot("a", "06:00", "14:00", stop("15:00", 10)), slot("b", "13:00", "14:30")),
            closed("2026-12-25"),
            closed("2026-12-25"));
    assertThat(refusals(wrong))
        .extracting(CalendarRefusal::text)
        .containsExactly(
            "two exceptions are about 2026-12-25",
            "break at 15:00 is outside of shift a",
            "shift a that opens on 1900-01-01 overlaps shift b");
    assertThat(new PatternsOverlap(MONDAY).text()).isEqualTo("two patterns hold on 2026-01-05");
    assertThat(new ShiftTwice(MONDAY, "a").text())
        .isEqualTo("two shifts of 2026-01-05 are named a");
  }

  @Test
  void nonsenseIsNoCalendar() {
    LocalTime six = Plans.SIX;
    List<ThrowingCallable> nonsense =
        List.of(
            () -> new PlannedStop(" ", six, Duration.ofMinutes(1), "break"),
            () -> new PlannedStop("a", six, Duration.ofMinutes(1), ""),
            () -> new PlannedStop("a", six, Duration.ZERO, "break"),
            () -> new PlannedStop("a", six, Duration.ofNanos(999), "break"),
            () -> new PlannedStop("a", six, Duration.ofHours(24).plusNanos(1), "break"),
            () -> new ShiftSlot("", six, six, null, List.of()),
            () -> new ShiftSlot("a", six, six, " ", List.of()),
            () -> new ShiftPattern(MONDAY, List.of(), MONDAY, null),
            () -> new ShiftPattern(MONDAY, Collections.nCopies(367, List.of()), MONDAY, null),
            () -> new ShiftPattern(MONDAY, List.of(List.of()), MONDAY, MONDAY.minusDays(1)),
            () -> new DayException.Closed(MONDAY, ""),
            () -> new DayException.Other(MONDAY, " ", List.of()),
            () -> new WorkCalendar("", VIENNA, six, List.of(), List.of(), 0),
            () -> new WorkCalendar("a", VIENNA, six, List.of(), List.of(), -1),
            () -> new Refused(List.of()),
            () -> new Shift("", "a", MONDAY, new Span(0, 1), null),
            () -> new Shift("a", "", MONDAY, new Span(0, 1), null),
            () -> new CalendarPiece(CalendarPiece.Kind.OPEN, MONDAY, null, "why"),
            () -> new CalendarPiece(CalendarPiece.Kind.PLANNED_STOP, MONDAY, null, null),
            () ->
                new CalendarPiece(
                    CalendarPiece.Kind.UNSCHEDULED,
                    MONDAY,
                    new Shift("a", "b", MONDAY, new Span(0, 1), null),
                    null),
            () -> new PlannedInterval(new Span(0, 1), ""));
    assertThat(nonsense)
        .allSatisfy(made -> assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class));
  }

  private static WorkCalendar daily(ShiftSlot... slots) {
    return calendar(VIENNA, "06:00", pattern("2026-01-05", List.of(slots)));
  }

  private static DayException closed(String day) {
    return new DayException.Closed(day(day), "holiday");
  }

  private static void requireValid(WorkCalendar calendar) {
    assertThat(WorkCalendar.check(calendar)).isEqualTo(new Valid(calendar));
  }

  private static List<CalendarRefusal> refusals(WorkCalendar calendar) {
    return ((Refused) WorkCalendar.check(calendar)).why();
  }
}
