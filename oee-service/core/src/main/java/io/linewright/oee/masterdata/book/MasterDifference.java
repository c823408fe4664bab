package io.linewright.oee.masterdata.book;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarDifference;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.Product;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which time of a machine a change of master data touches. */
public final class MasterDifference {

  private MasterDifference() {}

  /**
   * The instants at which the two say different things of a machine: rules, calendar, planned
   * stops, ideal cycles.
   *
   * @param within the time that matters, from the machine's first event on; all its shifts are
   *     looked at, so it should be years, not ages
   */
  public static Spans between(
      MasterBook before, MasterBook after, EquipmentPath machine, Span within) {
    List<Span> touched = new ArrayList<>();
    touched.addAll(
        different(before.rulesOf(machine).within(within), after.rulesOf(machine).within(within)));
    touched.addAll(calendars(before, after, machine, within));
    List<IdealCycle> one = before.cyclesOf(machine).list();
    List<IdealCycle> other = after.cyclesOf(machine).list();
    List<IdealCycle> all = Stream.concat(one.stream(), other.stream()).toList();
    for (IdealCycle cycle : all) {
      if (!one.contains(cycle) || !other.contains(cycle)) {
        until(cycle, all, within).and(within).ifPresent(touched::add);
      }
    }
    return Spans.of(touched);
  }

  /** The products of which they plan different scrap: what was made of them is touched. */
  public static Set<String> products(MasterBook before, MasterBook after) {
    Set<String> ids = new TreeSet<>(before.products().keySet());
    ids.addAll(after.products().keySet());
    ids.removeIf(id -> scrap(before, id).equals(scrap(after, id)));
    return ids;
  }

  private static OptionalDouble scrap(MasterBook book, String id) {
    Product product = book.products().get(id);
    return product == null ? OptionalDouble.empty() : product.plannedScrapRatio();
  }

  private static List<Span> different(Track<MachineRules> one, Track<MachineRules> other) {
    return one.with(other, (a, b) -> !a.equals(b)).pieces().stream()
        .filter(Piece::value)
        .map(Piece::span)
        .toList();
  }

  /** Shifts are looked at only if something is said of them differently. */
  private static List<Span> calendars(
      MasterBook before, MasterBook after, EquipmentPath machine, Span within) {
    if (before.calendarOf(machine, within).equals(after.calendarOf(machine, within))
        && before.plannedOf(machine).equals(after.plannedOf(machine))) {
      return List.of();
    }
    return CalendarDifference.between(
            pieces(before, machine, within), pieces(after, machine, within))
        .list();
  }

  private static Track<CalendarPiece> pieces(MasterBook book, EquipmentPath machine, Span within) {
    return CalendarTimes.over(book.calendarOf(machine, within), book.plannedOf(machine));
  }

  /** The time in which an ideal cycle matters: until another of the same product and equipment. */
  private static Span until(IdealCycle cycle, List<IdealCycle> all, Span within) {
    long to =
        all.stream()
            .filter(
                other ->
                    other.at().equals(cycle.at())
                        && Objects.equals(other.product(), cycle.product())
                        && other.fromMicros() > cycle.fromMicros())
            .mapToLong(IdealCycle::fromMicros)
            .min()
            .orElse(Long.MAX_VALUE);
    long end = Math.min(to, Math.max(within.toMicros(), cycle.fromMicros() + 1));
    return new Span(cycle.fromMicros(), end);
  }
}
