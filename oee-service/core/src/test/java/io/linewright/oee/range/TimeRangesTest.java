package io.linewright.oee.range;

import static io.linewright.oee.calendar.Plans.VIENNA;
import static io.linewright.oee.calendar.Plans.at;
import static io.linewright.oee.calendar.Plans.calendar;
import static io.linewright.oee.calendar.Plans.day;
import static io.linewright.oee.calendar.Plans.pattern;
import static io.linewright.oee.calendar.Plans.slot;
import static io.linewright.oee.calendar.Plans.span;
import static io.linewright.oee.calendar.Plans.threeShifts;
import static io.linewright.oee.calendar.Plans.with;
import static io.linewright.oee.calendar.Plans.zone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.DayException;
import io.linewright.oee.calendar.Plans;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.calendar.ShiftSlot;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.range.TimeAnswer.Found;
import io.linewright.oee.range.TimeAnswer.Unknown;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TimeRangesTest {

  private static final Span EVER = span("1900-01-01T00:00Z", "9999-12-31T00:00Z");
  private static final long NOW = at("2026-03-29T04:30+02:00");

  @Test
  void aShiftIsItsTimeOfTheNightInWhichTheClockIsChanged() {
    assertThat(ask("shift:2026-03-28/night", always("press", threeShifts(VIENNA))))
        .isEqualTo(
            found("2026-03-28/night", "press", "2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00"));
    assertThat(ask("shift:2026-10-24/night", always("press", threeShifts(VIENNA))))
        .isEqualTo(
            found("2026-10-24/night", "press", "2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00"));
  }

  @Test
  void currentAndPreviousAreTheShiftsAroundNow() {
    Map<String, Track<WorkCalendar>> press = always("press", threeShifts(VIENNA));
    assertThat(ask("shift:current", press))
        .isEqualTo(
            found("2026-03-28/night", "press", "2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00"));
    assertThat(ask("shift:previous", press))
        .isEqualTo(
            found("2026-03-28/late", "press", "2026-03-28T14:00+01:00", "2026-03-28T22:00+01:00"));
    assertThat(title(ask(new TimeQuestion.OfRecentShift(4), press, NOW)))
        .isEqualTo("2026-03-27/late");
    // In the instant in which one closes the next is open.
    long six = at("2026-03-29T06:00+02:00");
    assertThat(title(ask(new TimeQuestion.OfRecentShift(0), press, six)))
        .isEqualTo("2026-03-29/early");
    assertThat(title(ask(new TimeQuestion.OfRecentShift(1), press, six)))
        .isEqualTo("2026-03-28/night");
    assertThat(title(ask(new TimeQuestion.OfRecentShift(0), press, six - 1)))
        .isEqualTo("2026-03-28/night");
  }

  @Test
  void previousIsBeforeAWeekendAndAFactoryHoliday() {
    List<ShiftSlot> early = List.of(slot("early", "06:00", "14:00"));
    WorkCalendar weekdays =
        calendar(
            VIENNA,
            "06:00",
            pattern("2026-01-05", early, early, early, early, early, List.of(), List.of()));
    Map<String, Track<WorkCalendar>> press = always("press", weekdays);
    assertThat(ask("shift:current", press)).isEqualTo(new Unknown("no shift is open now"));
    assertThat(title(ask("shift:previous", press))).isEqualTo("2026-03-27/early");

    WorkCalendar once =
        with(
            WorkCalendar.always(VIENNA), new DayException.Other(day("2025-06-02"), "trial", early));
    assertThat(title(ask("shift:previous", always("press", once)))).isEqualTo("2025-06-02/early");
    WorkCalendar past =
        with(
            WorkCalendar.always(VIENNA), new DayException.Other(day("2024-06-02"), "trial", early));
    assertThat(ask("shift:previous", always("press", past)))
        .isEqualTo(new Unknown("no shift closed in the 400 days before"));
  }

  @Test
  void machinesOfOtherCalendarsHaveOtherTimes() {
    Map<String, Track<WorkCalendar>> both = new TreeMap<>();
    both.putAll(always("graz", threeShifts(VIENNA)));
    both.putAll(always("pune", threeShifts(zone("Asia/Kolkata"))));
    both.putAll(always("oven", WorkCalendar.always(VIENNA)));
    Found night = (Found) ask("shift:2026-01-05/night", both);
    assertThat(night.byMachine())
        .isEqualTo(
            Map.of(
                "graz", spans("2026-01-05T21:00Z", "2026-01-06T05:00Z"),
                "pune", spans("2026-01-05T16:30Z", "2026-01-06T00:30Z")));
    assertThat(night.bounds()).isEqualTo(span("2026-01-05T16:30Z", "2026-01-06T05:00Z"));
    assertThat(title(ask("shift:current", both))).isEqualTo("2026-03-28/night, 2026-03-29/early");
    assertThat(((Found) ask("day:2026-01-05", both)).byMachine().keySet())
        .containsExactly("graz", "oven", "pune");
  }

  @Test
  void aPlantDayIsTheDayOfItsShifts() {
    Map<String, Track<WorkCalendar>> press = always("press", threeShifts(VIENNA));
    assertThat(ask("day:2026-03-28", press))
        .isEqualTo(
            found("2026-03-28", "press", "2026-03-28T06:00+01:00", "2026-03-29T06:00+02:00"));
    assertThat(ask("day:2026-03-28/2026-03-29", press))
        .isEqualTo(
            found(
                "2026-03-28 to 2026-03-29",
                "press",
                "2026-03-28T06:00+01:00",
                "2026-03-30T06:00+02:00"));
    assertThat(ask("day:2011-12-30", always("press", threeShifts(zone("Pacific/Apia")))))
        .isEqualTo(new Unknown("there is no plant day 2011-12-30"));
    assertThat(ask("day:2011-12-29/2011-12-30", always("press", threeShifts(zone("Pacific/Apia")))))
        .isEqualTo(
            found(
                "2011-12-29 to 2011-12-30",
                "press",
                "2011-12-29T06:00-10:00",
                "2011-12-31T06:00+14:00"));
    assertThat(ask("day:1900-01-01/9999-12-31", press)).isInstanceOf(Found.class);
  }

  @Test
  void aCalendarAnswersForTheTimeInWhichItHeld() {
    TreeMap<LocalDate, WorkCalendar> from = new TreeMap<>();
    from.put(
        day("2026-03-02"),
        calendar(VIENNA, "04:00", pattern("2026-01-05", List.of(slot("early", "04:00", "12:00")))));
    Map<String, Track<WorkCalendar>> press =
        Map.of("press", CalendarTimes.assigned(EVER, threeShifts(VIENNA), from));
    // The last night of the old calendar ends as the new one begins.
    assertThat(ask("shift:2026-03-01/night", press))
        .isEqualTo(
            found("2026-03-01/night", "press", "2026-03-01T22:00+01:00", "2026-03-02T04:00+01:00"));
    assertThat(ask("shift:2026-03-02/early", press))
        .isEqualTo(
            found("2026-03-02/early", "press", "2026-03-02T04:00+01:00", "2026-03-02T12:00+01:00"));
    assertThat(ask("shift:2026-03-02/night", press))
        .isEqualTo(new Unknown("no shift night opened on 2026-03-02"));
    assertThat(ask("day:2026-03-01", press))
        .isEqualTo(
            found("2026-03-01", "press", "2026-03-01T06:00+01:00", "2026-03-02T04:00+01:00"));
    long switched = at("2026-03-02T05:00+01:00");
    assertThat(ask(new TimeQuestion.OfRecentShift(1), press, switched))
        .isEqualTo(
            found("2026-03-01/night", "press", "2026-03-01T22:00+01:00", "2026-03-02T04:00+01:00"));
  }

  @Test
  void anOrderIsWhereItRanOnEachMachine() {
    Map<String, Track<Optional<String>>> orders =
        Map.of(
            "press",
            track(
                new Piece<>(new Span(0, 10), Optional.<String>empty()),
                new Piece<>(new Span(10, 20), Optional.of("PO-1")),
                new Piece<>(new Span(20, 30), Optional.of("PO-2")),
                new Piece<>(new Span(30, 40), Optional.of("PO-1"))),
            "mill",
            track(new Piece<>(new Span(0, 40), Optional.of("PO-2"))));
    Found found =
        (Found) TimeRanges.of(new TimeQuestion.OfOrder("PO-1"), Map.of(), orders, Map.of(), 0);
    assertThat(found)
        .isEqualTo(
            new Found(
                Map.of("press", new Spans(List.of(new Span(10, 20), new Span(30, 40)))),
                "order PO-1"));
    assertThat(found.bounds()).isEqualTo(new Span(10, 40));
    assertThat(TimeRanges.of(new TimeQuestion.OfLot("PO-2"), Map.of(), Map.of(), orders, 0))
        .isEqualTo(
            new Found(
                Map.of(
                    "press", new Spans(List.of(new Span(20, 30))),
                    "mill", new Spans(List.of(new Span(0, 40)))),
                "lot PO-2"));
    assertThat(TimeRanges.of(new TimeQuestion.OfOrder("PO-3"), Map.of(), orders, Map.of(), 0))
        .isEqualTo(new Unknown("nothing is known of order PO-3"));
    assertThat(TimeRanges.of(new TimeQuestion.OfLot("L-7"), Map.of(), orders, Map.of(), 0))
        .isEqualTo(new Unknown("nothing is known of lot L-7"));
  }

  @Test
  void aStretchOfTimeIsThatOfEveryMachine() {
    assertThat(
            ask(
                new TimeQuestion.Between(new Span(5, 7)),
                always("press", threeShifts(VIENNA)),
                NOW))
        .isEqualTo(new Found(Map.of("press", new Spans(List.of(new Span(5, 7)))), "as asked"));
    assertThat(ask(new TimeQuestion.Between(new Span(5, 7)), Map.of(), NOW))
        .isEqualTo(new Unknown("there is no machine"));
    assertThatThrownBy(() -> new Found(Map.of("press", Spans.NONE), "none"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Found(Map.of(), "none"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsFoundIsWhatTheCalendarSays() {
    Seeded.check(
        300,
        random -> {
          LocalDate around = day(random.nextBoolean() ? "2026-03-29" : "2011-12-30");
          WorkCalendar calendar =
              Plans.random(random, Plans.ZONES.get(random.nextInt(Plans.ZONES.size())), around);
          long noon = calendar.zone().micros(around, LocalTime.NOON);
          Span whole = new Span(noon - 300_000_000_000L, noon + 300_000_000_000L);
          Track<CalendarPiece> pieces = Plans.over(calendar, whole);
          Map<String, Track<WorkCalendar>> machine = Map.of("m", Track.constant(EVER, calendar));
          long t = random.nextLong(whole.fromMicros(), whole.toMicros());
          CalendarPiece piece = pieces.at(t);

          Found day =
              (Found) ask(new TimeQuestion.OfDay(piece.plantDay(), piece.plantDay()), machine, t);
          assertThat(day.byMachine().get("m").within(whole))
              .isEqualTo(where(pieces, p -> p.plantDay().equals(piece.plantDay())));
          TimeAnswer current = ask(new TimeQuestion.OfRecentShift(0), machine, t);
          Shift shift = piece.shift();
          if (shift == null) {
            assertThat(current).isInstanceOf(Unknown.class);
          } else {
            assertThat(current)
                .isEqualTo(new Found(Map.of("m", Spans.of(List.of(shift.span()))), shift.id()))
                .isEqualTo(ask(new TimeQuestion.OfShift(shift.day(), shift.name()), machine, t));
          }
        });
  }

  private static Spans where(Track<CalendarPiece> pieces, Predicate<CalendarPiece> is) {
    return Spans.of(
        pieces.pieces().stream().filter(p -> is.test(p.value())).map(Piece::span).toList());
  }

  private static Map<String, Track<WorkCalendar>> always(String machine, WorkCalendar calendar) {
    return Map.of(machine, Track.constant(EVER, calendar));
  }

  private static TimeAnswer ask(String text, Map<String, Track<WorkCalendar>> calendars) {
    return ask(TimeQuestion.parse(text).orElseThrow(), calendars, NOW);
  }

  private static TimeAnswer ask(
      TimeQuestion question, Map<String, Track<WorkCalendar>> calendars, long now) {
    return TimeRanges.of(question, calendars, Map.of(), Map.of(), now);
  }

  private static String title(TimeAnswer answer) {
    return ((Found) answer).title();
  }

  private static Found found(String title, String machine, String from, String to) {
    return new Found(Map.of(machine, spans(from, to)), title);
  }

  private static Spans spans(String from, String to) {
    return Spans.of(List.of(span(from, to)));
  }

  @SafeVarargs
  private static Track<Optional<String>> track(Piece<Optional<String>>... pieces) {
    return new Track<>(new Span(0, 40), List.of(pieces));
  }
}
