package io.linewright.oee.calendar;

import io.linewright.oee.calendar.CalendarRefusal.BreakOutside;
import io.linewright.oee.calendar.CalendarRefusal.DayTwice;
import io.linewright.oee.calendar.CalendarRefusal.PatternsOverlap;
import io.linewright.oee.calendar.CalendarRefusal.ShiftTwice;
import io.linewright.oee.calendar.CalendarRefusal.ShiftsOverlap;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When work is planned. A calendar that has neither patterns nor exceptions plans all time, without
 * shifts; one that has any plans its shifts, and nothing else.
 *
 * @param name not blank
 * @param zone whose wall clock it is written by
 * @param dayStart when plant days begin, unless shifts move it ({@link PlantDays})
 * @param patterns shifts that come again; at most one holds on a day
 * @param exceptions days that are otherwise, at most one of a day; they win over the patterns
 * @param version 0 or more; for whoever keeps it, no instant depends on it
 */
public record WorkCalendar(
    String name,
    PlantZone zone,
    LocalTime dayStart,
    List<ShiftPattern> patterns,
    List<DayException> exceptions,
    int version) {

  private static final Comparator<ShiftSlot> BY_TIME =
      Comparator.comparingLong(ShiftSlot::opens)
          .thenComparingLong(ShiftSlot::closes)
          .thenComparing(ShiftSlot::shift);

  /** Whether a calendar can be used. */
  public sealed interface Checked {}

  /**
   * It can.
   *
   * @param calendar as it was given
   */
  public record Valid(WorkCalendar calendar) implements Checked {}

  /**
   * It cannot.
   *
   * @param why all that is wrong, at least one
   */
  public record Refused(List<CalendarRefusal> why) implements Checked {

    /**
     * @throws IllegalArgumentException if nothing is wrong
     */
    public Refused {
      why = List.copyOf(why);
      if (why.isEmpty()) {
        throw new IllegalArgumentException("a calendar is refused for a reason");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the name is blank or the version negative
   */
  public WorkCalendar {
    if (name.isBlank() || version < 0) {
      throw new IllegalArgumentException(
          "a calendar needs a name and a version of 0 or more, not '%s', %d"
              .formatted(name, version));
    }
    patterns = List.copyOf(patterns);
    exceptions = List.copyOf(exceptions);
  }

  /** All time is planned, and plant days begin at midnight: for machines without a calendar. */
  public static WorkCalendar always(PlantZone zone) {
    return new WorkCalendar("always", zone, LocalTime.MIDNIGHT, List.of(), List.of(), 0);
  }

  /** Whether all time is planned. */
  public boolean continuous() {
    return patterns.isEmpty() && exceptions.isEmpty();
  }

  /** The shifts that open on a day, by the time at which they do. */
  public List<ShiftSlot> on(LocalDate day) {
    List<ShiftSlot> slots =
        exceptions.stream()
            .filter(exception -> exception.day().equals(day))
            .findFirst()
            .map(DayException::slots)
            .or(() -> patterns.stream().filter(p -> p.holds(day)).findFirst().map(p -> p.on(day)))
            .orElse(List.of());
    return slots.stream().sorted(BY_TIME).toList();
  }

  /**
   * Refuses overlapping shifts, also over midnight and from one pattern to the next, two of one
   * name on a day, breaks wholly outside of their shift, patterns that hold on the same day, and a
   * day with two exceptions. What is compared is the wall clock: a change of it makes no shift
   * overlap another.
   *
   * <p>A calendar that was not checked does no harm: of two shifts the later one opens when the
   * earlier one closes, and of two patterns or exceptions the first of the list holds.
   */
  public static Checked check(WorkCalendar raw) {
    List<CalendarRefusal> why = new ArrayList<>();
    why.addAll(raw.overlappingPatterns());
    why.addAll(raw.daysTwice());
    why.addAll(raw.breaksOutside());
    why.addAll(raw.overlappingShifts());
    return why.isEmpty() ? new Valid(raw) : new Refused(why);
  }

  private List<CalendarRefusal> overlappingPatterns() {
    List<CalendarRefusal> why = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      for (int j = 0; j < i; j++) {
        LocalDate one = patterns.get(i).validFrom();
        LocalDate other = patterns.get(j).validFrom();
        LocalDate both = one.isAfter(other) ? one : other;
        if (patterns.get(i).holds(both) && patterns.get(j).holds(both)) {
          why.add(new PatternsOverlap(both));
        }
      }
    }
    return why;
  }

  private List<CalendarRefusal> daysTwice() {
    Set<LocalDate> once = new HashSet<>();
    return exceptions.stream()
        .map(DayException::day)
        .filter(day -> !once.add(day))
        .distinct()
        .<CalendarRefusal>map(DayTwice::new)
        .toList();
  }

  private List<CalendarRefusal> breaksOutside() {
    return Stream.concat(
            patterns.stream().flatMap(pattern -> pattern.cycle().stream()).flatMap(List::stream),
            exceptions.stream().map(DayException::slots).flatMap(List::stream))
        .flatMap(
            slot ->
                slot.breaks().stream()
                    .filter(stop -> slot.dayOf(stop).isEmpty())
                    .<CalendarRefusal>map(stop -> new BreakOutside(slot.shift(), stop.name())))
        .distinct()
        .toList();
  }

  /**
   * Each pair of days that follow each other is looked at once: those of each cycle, those at which
   * patterns begin, and those around exceptions. The same pair of shifts is told once.
   */
  private Collection<CalendarRefusal> overlappingShifts() {
    Map<List<String>, CalendarRefusal> why = new LinkedHashMap<>();
    Set<LocalDate> seams = new LinkedHashSet<>();
    for (ShiftPattern pattern : patterns) {
      for (int i = 0; i < pattern.cycle().size(); i++) {
        LocalDate day = pattern.validFrom().plusDays(i);
        compare(day, pattern.on(day), pattern.on(day.plusDays(1)), why);
      }
      seams.add(pattern.validFrom().minusDays(1));
    }
    for (DayException exception : exceptions) {
      seams.add(exception.day().minusDays(1));
      seams.add(exception.day());
    }
    for (LocalDate day : seams) {
      compare(day, on(day), on(day.plusDays(1)), why);
    }
    return why.values();
  }

  private static void compare(
      LocalDate day,
      List<ShiftSlot> opening,
      List<ShiftSlot> next,
      Map<List<String>, CalendarRefusal> why) {
    List<ShiftSlot> slots = opening.stream().sorted(BY_TIME).toList();
    for (int i = 0; i < slots.size(); i++) {
      ShiftSlot slot = slots.get(i);
      for (ShiftSlot later : slots.subList(i + 1, slots.size())) {
        if (later.shift().equals(slot.shift())) {
          why.putIfAbsent(List.of(slot.shift()), new ShiftTwice(day, slot.shift()));
        } else if (slot.meets(later, 0)) {
          putOverlap(day, slot, later, why);
        }
      }
      for (ShiftSlot tomorrow : next) {
        if (slot.meets(tomorrow, 1)) {
          putOverlap(day, slot, tomorrow, why);
        }
      }
    }
  }

  private static void putOverlap(
      LocalDate day, ShiftSlot first, ShiftSlot second, Map<List<String>, CalendarRefusal> why) {
    why.putIfAbsent(
        List.of(first.shift(), second.shift()),
        new ShiftsOverlap(day, first.shift(), second.shift()));
  }
}
