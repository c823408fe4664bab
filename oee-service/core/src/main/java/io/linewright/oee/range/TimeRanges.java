package io.linewright.oee.range;

import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.PlantDays;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Answers which time is meant by the words of a plant. */
public final class TimeRanges {

  /** How long before an instant the shift before it is looked for, in days. */
  public static final int LONGEST_PAUSE = 400;

  private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;
  private static final int WEEK = 7;

  /** A shift, and what of its time its calendar held. */
  private record Held(Shift shift, Span span) {}

  private TimeRanges() {}

  /**
   * The time of each machine that is meant. What the tracks do not know is not found.
   *
   * @param question what was asked
   * @param calendars of each machine that is asked about, by its name: which calendar held when;
   *     they name the machines
   * @param orders of each machine which order was worked on; needed for {@link
   *     TimeQuestion.OfOrder} alone
   * @param lots of each machine which lot was made; needed for {@link TimeQuestion.OfLot} alone
   * @param nowMicros the present, in microseconds since the epoch
   */
  public static TimeAnswer of(
      TimeQuestion question,
      Map<String, Track<WorkCalendar>> calendars,
      Map<String, Track<Optional<String>>> orders,
      Map<String, Track<Optional<String>>> lots,
      long nowMicros) {
    return switch (question) {
      case TimeQuestion.Between(Span span) -> {
        Map<String, Spans> all = new TreeMap<>();
        calendars.keySet().forEach(machine -> all.put(machine, Spans.of(List.of(span))));
        yield answer(all, "as asked", "there is no machine");
      }
      case TimeQuestion.OfDay(LocalDate first, LocalDate last) -> {
        String title = first.equals(last) ? first.toString() : first + " to " + last;
        Map<String, Spans> found = new TreeMap<>();
        calendars.forEach((machine, track) -> found.put(machine, days(track, first, last)));
        yield answer(found, title, "there is no plant day " + title);
      }
      case TimeQuestion.OfShift(LocalDate day, String name) -> {
        Map<String, Spans> found = new TreeMap<>();
        calendars.forEach((machine, track) -> found.put(machine, shift(track, day, name)));
        yield answer(found, day + "/" + name, "no shift %s opened on %s".formatted(name, day));
      }
      case TimeQuestion.OfRecentShift(int back) -> recent(calendars, back, nowMicros);
      case TimeQuestion.OfOrder(String order) ->
          answer(spans(orders, order), "order " + order, "nothing is known of order " + order);
      case TimeQuestion.OfLot(String lot) ->
          answer(spans(lots, lot), "lot " + lot, "nothing is known of lot " + lot);
    };
  }

  private static TimeAnswer answer(Map<String, Spans> found, String title, String unknown) {
    found.values().removeIf(Spans.NONE::equals);
    return found.isEmpty() ? new TimeAnswer.Unknown(unknown) : new TimeAnswer.Found(found, title);
  }

  private static Map<String, Spans> spans(
      Map<String, Track<Optional<String>>> tracks, String value) {
    Map<String, Spans> found = new TreeMap<>();
    tracks.forEach(
        (machine, track) ->
            found.put(
                machine,
                new Spans(
                    track.pieces().stream()
                        .filter(piece -> piece.value().filter(value::equals).isPresent())
                        .map(Piece::span)
                        .toList())));
    return found;
  }

  private static Spans days(Track<WorkCalendar> calendars, LocalDate first, LocalDate last) {
    List<Span> days = new ArrayList<>();
    for (Piece<WorkCalendar> piece : calendars.pieces()) {
      long from = PlantDays.begin(piece.value(), first);
      long to = PlantDays.begin(piece.value(), last.plusDays(1));
      if (from < to) {
        new Span(from, to).and(piece.span()).ifPresent(days::add);
      }
    }
    return Spans.of(days);
  }

  private static Spans shift(Track<WorkCalendar> calendars, LocalDate day, String name) {
    // Wherever on earth: a shift opens at most 14 h before its day by UTC, 26 h before its end.
    long midnight = day.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC) * 1_000_000;
    Span around = new Span(midnight - 2 * DAY, midnight + 4 * DAY);
    return Spans.of(
        shifts(calendars, around).stream()
            .filter(held -> held.shift().day().equals(day) && held.shift().name().equals(name))
            .map(Held::span)
            .toList());
  }

  private static TimeAnswer recent(
      Map<String, Track<WorkCalendar>> calendars, int back, long nowMicros) {
    Map<String, Spans> found = new TreeMap<>();
    TreeSet<String> titles = new TreeSet<>();
    calendars.forEach(
        (machine, track) ->
            recent(track, back, nowMicros)
                .ifPresent(
                    held -> {
                      found.put(machine, Spans.of(List.of(held.span())));
                      titles.add(held.shift().id());
                    }));
    return answer(
        found,
        String.join(", ", titles),
        back == 0
            ? "no shift is open now"
            : "no shift closed in the %d days before".formatted(LONGEST_PAUSE));
  }

  private static Optional<Held> recent(Track<WorkCalendar> calendars, int back, long nowMicros) {
    Optional<Held> open =
        shifts(calendars, new Span(nowMicros, nowMicros + 1)).stream().findFirst();
    if (back == 0) {
      return open;
    }
    Optional<Held> found = Optional.empty();
    long end = open.map(held -> held.span().fromMicros()).orElse(nowMicros);
    for (int i = 0; i < back; i++) {
      found = closedBy(calendars, end);
      if (found.isEmpty()) {
        return found;
      }
      end = found.get().span().fromMicros();
    }
    return found;
  }

  /** The last shift that has closed at an instant. */
  private static Optional<Held> closedBy(Track<WorkCalendar> calendars, long micros) {
    for (int days = 0; days < LONGEST_PAUSE; days += WEEK) {
      Span week = new Span(micros - (days + WEEK) * DAY, micros - days * DAY);
      List<Held> shifts = shifts(calendars, week);
      if (!shifts.isEmpty()) {
        return Optional.of(shifts.getLast());
      }
    }
    return Optional.empty();
  }

  /** The shifts that have time in a span, ascending, as their calendars held. */
  private static List<Held> shifts(Track<WorkCalendar> calendars, Span overlapping) {
    List<Held> shifts = new ArrayList<>();
    for (Piece<WorkCalendar> piece : calendars.pieces()) {
      Optional<Span> part = piece.span().and(overlapping);
      if (part.isPresent()) {
        for (Shift shift : CalendarTimes.shifts(piece.value(), part.get())) {
          shifts.add(new Held(shift, shift.span().and(piece.span()).orElseThrow()));
        }
      }
    }
    return shifts;
  }
}
