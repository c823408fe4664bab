package io.linewright.oee.calendar;

import io.linewright.oee.calendar.CalendarPiece.Kind;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/** What calendars say of time. */
public final class CalendarTimes {

  private static final Comparator<PlannedInterval> BY_TIME =
      Comparator.comparing(PlannedInterval::span).thenComparing(PlannedInterval::reason);

  /**
   * Planned maintenance, or another stop that somebody planned, of one piece of equipment.
   *
   * @param span when
   * @param reason code of the reason, not blank
   */
  public record PlannedInterval(Span span, String reason) {

    /**
     * @throws IllegalArgumentException if the reason is blank
     */
    public PlannedInterval {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("planned maintenance needs a reason");
      }
    }
  }

  private CalendarTimes() {}

  /**
   * Which calendar holds when, if calendars are assigned from a day on. Each holds from the instant
   * at which, by itself, its first plant day begins; a shift of the one before it that runs over
   * that instant ends there.
   *
   * @param whole the time that is asked for
   * @param before the calendar that holds before the first of the others
   * @param from the others, by their first day
   */
  public static Track<WorkCalendar> assigned(
      Span whole, WorkCalendar before, SortedMap<LocalDate, WorkCalendar> from) {
    List<Change<WorkCalendar>> changes = new ArrayList<>();
    from.forEach(
        (day, calendar) ->
            changes.add(new Change<>(PlantDays.begin(calendar, day), changes.size(), calendar)));
    return Track.of(whole, before, changes);
  }

  /**
   * What is planned at each instant. Breaks are cut at the ends of their shift. An interval of
   * planned maintenance wins over the shift and over its breaks; outside of shifts the time stays
   * unscheduled, and the reason is told nevertheless. Of intervals that overlap the one that begins
   * later holds.
   *
   * @param assigned the calendar that holds at each instant of the time that is asked for
   * @param planned in any order; what is not in that time does not matter
   */
  public static Track<CalendarPiece> over(
      Track<WorkCalendar> assigned, Collection<PlannedInterval> planned) {
    List<Piece<CalendarPiece>> pieces = new ArrayList<>();
    for (Piece<WorkCalendar> piece : assigned.pieces()) {
      pieces.addAll(shiftsAndBreaks(piece.value(), piece.span()).pieces());
    }
    Track<Optional<String>> reasons = Track.constant(assigned.whole(), Optional.empty());
    for (PlannedInterval interval : planned.stream().sorted(BY_TIME).toList()) {
      reasons = reasons.painted(interval.span(), Optional.of(interval.reason()));
    }
    return new Track<>(assigned.whole(), pieces)
        .with(reasons, (piece, reason) -> reason.map(piece::stopped).orElse(piece));
  }

  /** The shifts that have time in common with a span, ascending; no two of them overlap. */
  public static List<Shift> shifts(WorkCalendar calendar, Span overlapping) {
    PlantZone zone = calendar.zone();
    // An overnight shift opens a day before, in Apia once two; where the clock is put back over
    // midnight one opens with the date after that of the instant.
    LocalDate last = zone.clock(overlapping.toMicros()).toLocalDate().plusDays(1);
    List<Shift> shifts = new ArrayList<>();
    for (LocalDate day = zone.clock(overlapping.fromMicros()).toLocalDate().minusDays(2);
        !day.isAfter(last);
        day = day.plusDays(1)) {
      for (Shift shift : opened(calendar, day)) {
        if (shift.span().overlaps(overlapping)) {
          shifts.add(shift);
        }
      }
    }
    return shifts;
  }

  /** The shifts that open on a day, ascending. */
  static List<Shift> opened(WorkCalendar calendar, LocalDate day) {
    return openings(calendar, day).stream().map(Opening::shift).toList();
  }

  /** When the last shift that opens on a day closes; the least long if none does. */
  static long lastClosing(WorkCalendar calendar, LocalDate day) {
    return calendar.on(day).stream()
        .mapToLong(slot -> closing(calendar.zone(), day, slot))
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** A shift, and what it was made of. */
  private record Opening(Shift shift, ShiftSlot slot) {}

  /**
   * Shifts that a change of the clock leaves no time are not there. An unchecked calendar may have
   * shifts that overlap: none opens before those that opened earlier have closed.
   */
  private static List<Opening> openings(WorkCalendar calendar, LocalDate day) {
    PlantZone zone = calendar.zone();
    List<ShiftSlot> slots = calendar.on(day);
    if (slots.isEmpty() || !zone.has(day)) {
      return List.of();
    }
    long free = lastClosing(calendar, zone.previous(day));
    List<Opening> openings = new ArrayList<>(slots.size());
    for (ShiftSlot slot : slots) {
      long from = Math.max(free, zone.micros(day, slot.start()));
      long to = closing(zone, day, slot);
      if (from < to) {
        Span span = new Span(from, to);
        openings.add(
            new Opening(new Shift(calendar.name(), slot.shift(), day, span, slot.crew()), slot));
      }
      free = Math.max(free, to);
    }
    return openings;
  }

  private static long closing(PlantZone zone, LocalDate day, ShiftSlot slot) {
    return zone.micros(slot.overnight() ? zone.next(day) : day, slot.end());
  }

  private static Track<CalendarPiece> shiftsAndBreaks(WorkCalendar calendar, Span whole) {
    PlantZone zone = calendar.zone();
    List<Change<CalendarPiece>> changes = new ArrayList<>();
    LocalDate first = PlantDays.containing(calendar, whole.fromMicros());
    long begin = PlantDays.begin(calendar, first);
    for (LocalDate day = first; begin < whole.toMicros(); day = zone.next(day)) {
      CalendarPiece outside = outside(calendar, day);
      // Later changes of one instant hold: a shift may open with the day, or when another closes.
      changes.add(new Change<>(begin, changes.size(), outside));
      for (Opening opening : openings(calendar, day)) {
        addShift(zone, opening, changes);
        long closes = opening.shift().span().toMicros();
        changes.add(new Change<>(closes, changes.size(), outside));
      }
      begin = PlantDays.begin(calendar, zone.next(day));
    }
    return Track.of(whole, outside(calendar, first), changes);
  }

  private static CalendarPiece outside(WorkCalendar calendar, LocalDate day) {
    Kind kind = calendar.continuous() ? Kind.OPEN : Kind.UNSCHEDULED;
    return new CalendarPiece(kind, day, null, null);
  }

  /** The shift from its begin on, and its breaks: where two overlap, the first goes to its end. */
  private static void addShift(
      PlantZone zone, Opening opening, List<Change<CalendarPiece>> changes) {
    Shift shift = opening.shift();
    CalendarPiece open = new CalendarPiece(Kind.OPEN, shift.day(), shift, null);
    changes.add(new Change<>(shift.span().fromMicros(), changes.size(), open));
    long free = shift.span().fromMicros();
    for (PlannedInterval stop : breaks(zone, opening)) {
      long from = Math.max(free, stop.span().fromMicros());
      long to = Math.min(shift.span().toMicros(), stop.span().toMicros());
      if (from < to) {
        changes.add(new Change<>(from, changes.size(), open.stopped(stop.reason())));
        changes.add(new Change<>(to, changes.size(), open));
        free = to;
      }
    }
  }

  private static List<PlannedInterval> breaks(PlantZone zone, Opening opening) {
    List<PlannedInterval> breaks = new ArrayList<>();
    LocalDate day = opening.shift().day();
    for (PlannedStop stop : opening.slot().breaks()) {
      OptionalInt later = opening.slot().dayOf(stop);
      if (later.isPresent()) {
        long at = zone.micros(later.getAsInt() == 0 ? day : zone.next(day), stop.at());
        breaks.add(new PlannedInterval(new Span(at, at + stop.micros()), stop.reason()));
      }
    }
    breaks.sort(BY_TIME);
    return breaks;
  }
}
