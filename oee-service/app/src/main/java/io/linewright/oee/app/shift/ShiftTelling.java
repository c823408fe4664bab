package io.linewright.oee.app.shift;

import io.linewright.kit.outbox.Outbox;
import io.linewright.model.event.EventTypes;
import io.linewright.model.production.MachineSums;
import io.linewright.model.production.ShiftClosed;
import io.linewright.model.production.ShiftCorrected;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Elements;
import io.linewright.oee.engine.InputHash;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Tells the figures of a line's shifts: once when they are over for all machines, and again when
 * they are others. Nobody is told half of a correction: it waits until nothing of the shift is out
 * of date.
 */
public final class ShiftTelling {

  /** What is still to be computed of a line's shift. */
  public interface Waiting {

    /** When it may be told; the present or before: now. */
    long until(Span shift);

    /** Whether something that still goes on may change it. */
    boolean provisional(Span shift);
  }

  private static final String SOURCE = "/oee";
  private static final long NANOS = 50_000_000;

  private final ShiftChanges changes;
  private final ShiftResults results;
  private final Machines machines;
  private final Cells cells;
  private final Outbox outbox;

  ShiftTelling(
      ShiftChanges changes, ShiftResults results, Machines machines, Cells cells, Outbox outbox) {
    this.changes = changes;
    this.results = results;
    this.machines = machines;
    this.cells = cells;
    this.outbox = outbox;
  }

  /**
   * Tells what can be told of a line of which nothing is left to compute now.
   *
   * @return when to look again at the latest
   */
  public long tell(int lineId, Waiting waiting, Snapshot snapshot, long now) {
    long begin = System.nanoTime();
    long next = Long.MAX_VALUE;
    for (Map.Entry<Integer, SortedSet<String>> changed : changes.of(lineId).entrySet()) {
      if (System.nanoTime() - begin > NANOS) {
        return now;
      }
      Shift shift = results.shift(changed.getKey());
      long wait = waiting.until(shift.span());
      if (wait > now) {
        next = Math.min(next, wait);
      } else {
        tell(lineId, changed.getKey(), shift, changed.getValue(), waiting, snapshot, now);
        changes.told(lineId, changed.getKey());
      }
    }
    return next;
  }

  private void tell(
      int lineId,
      int shiftNo,
      Shift shift,
      SortedSet<String> causes,
      Waiting waiting,
      Snapshot snapshot,
      long now) {
    SortedMap<String, Elements> sums = new TreeMap<>();
    List<InputHash> inputs = new ArrayList<>();
    String line = "";
    for (Machine machine : machines.guardedBy(lineId)) {
      line = machine.line();
      for (var place : machines.places(machine.id())) {
        Standing.at(machine, List.of(place), place.fromMicros())
            .flatMap(there -> there.span().and(shift.span()).map(there::during))
            .ifPresent(there -> sum(there, shift, snapshot, sums, inputs));
      }
    }
    boolean provisional = waiting.provisional(shift.span());
    List<MachineSums> told = new ArrayList<>();
    sums.forEach((path, elements) -> told.add(new MachineSums(path, Sums.of(elements))));
    Elements all = sums.values().stream().reduce(Elements.NONE, Elements::plus);
    ShiftResults.Figures figures = new ShiftResults.Figures(provisional, told, Sums.of(all));
    List<ShiftResults.Told> before = results.told(lineId, shiftNo, 1);
    if (before.isEmpty() ? told.isEmpty() : same(before.getFirst().figures(), figures)) {
      return;
    }
    int version = before.isEmpty() ? 1 : before.getFirst().version() + 1;
    String cause = before.isEmpty() ? ShiftChanges.CLOSED : cause(causes);
    ShiftResults.Told result =
        new ShiftResults.Told(version, InputHash.of(inputs), figures, cause, now);
    results.add(lineId, shiftNo, result);
    send(line, shift, result, before);
  }

  private void sum(
      Standing there,
      Shift shift,
      Snapshot snapshot,
      SortedMap<String, Elements> sums,
      List<InputHash> inputs) {
    boolean has =
        snapshot.calendar(there.path(), there.span()).pieces().stream()
            .map(piece -> piece.value().shift())
            .filter(Objects::nonNull)
            .anyMatch(
                one -> one.calendar().equals(shift.calendar()) && one.id().equals(shift.id()));
    if (!has) {
      return;
    }
    for (Cell cell : snapshot.cells(there, List.of())) {
      if (shift.name().equals(cell.key().shift()) && shift.day().equals(cell.key().plantDay())) {
        sums.merge(there.path().toString(), cell.elements(), Elements::plus);
      }
    }
    cells.heads(there.machine().id(), there.span()).forEach(head -> inputs.add(head.inputs()));
  }

  private void send(
      String line, Shift shift, ShiftResults.Told told, List<ShiftResults.Told> before) {
    ShiftResults.Figures figures = told.figures();
    String subject = line + "/" + shift.id();
    boolean first = before.isEmpty();
    Object event =
        first
            ? new ShiftClosed(
                line,
                shift.calendar(),
                shift.day().toString(),
                shift.name(),
                Times.instant(shift.span().fromMicros()),
                Times.instant(shift.span().toMicros()),
                told.version(),
                told.inputs().toString(),
                figures.provisional(),
                figures.machines(),
                figures.lineSums())
            : new ShiftCorrected(
                line,
                shift.calendar(),
                shift.day().toString(),
                shift.name(),
                Times.instant(shift.span().fromMicros()),
                Times.instant(shift.span().toMicros()),
                told.version(),
                before.getFirst().version(),
                told.cause(),
                changed(before.getFirst().figures(), figures),
                told.inputs().toString(),
                figures.provisional(),
                figures.machines(),
                figures.lineSums());
    outbox.add(
        Topic.OEE,
        line,
        SOURCE,
        subject + "@" + told.version(),
        first ? EventTypes.SHIFT_CLOSED : EventTypes.SHIFT_CORRECTED,
        Times.instant(told.toldMicros()),
        subject,
        event);
  }

  /** What is provisional, and no longer, says the same. */
  private static boolean same(ShiftResults.Figures one, ShiftResults.Figures other) {
    return one.machines().equals(other.machines()) && one.lineSums().equals(other.lineSums());
  }

  private static List<String> changed(ShiftResults.Figures before, ShiftResults.Figures after) {
    Map<String, MachineSums> told = new HashMap<>();
    before.machines().forEach(machine -> told.put(machine.machine(), machine));
    List<String> changed = new ArrayList<>();
    for (MachineSums machine : after.machines()) {
      if (!machine.equals(told.remove(machine.machine()))) {
        changed.add(machine.machine());
      }
    }
    changed.addAll(told.keySet());
    return changed.stream().sorted().toList();
  }

  /** Cells that come when the shift was told already are late data. */
  private static String cause(SortedSet<String> causes) {
    return String.join(
        ",",
        causes.stream()
            .map(cause -> cause.equals(ShiftChanges.CLOSED) ? "late-data" : cause)
            .map(cause -> cause.replaceFirst("/.*", ""))
            .distinct()
            .sorted()
            .toList());
  }
}
