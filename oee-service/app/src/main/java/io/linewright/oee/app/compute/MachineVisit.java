package io.linewright.oee.app.compute;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.mark.Marks.Mark;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.registry.Place;
import io.linewright.oee.app.shift.ShiftChanges;
import io.linewright.oee.engine.MachineInput;
import io.linewright.oee.engine.MachineResult;
import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one machine of a line once: computes some of what is out of date, or else some of what
 * is over. Whole plant days at a time, so that a cell is never computed in parts, and as many as
 * have some thousands of events, so that reading what was before them costs little.
 */
final class MachineVisit {

  /** How many events are computed at once, if they are of several days. */
  private static final long EVENTS = 6_000;

  private static final int DAYS = 31;

  private final Snapshot snapshot;
  private final Bounds bounds;
  private final Machines machines;
  private final Cells cells;
  private final LineState state;
  private final ComputeSettings settings;
  private final long now;
  private final Writes writes;

  MachineVisit(
      Snapshot snapshot,
      Machines machines,
      Cells cells,
      LineState state,
      ComputeSettings settings,
      long now,
      Writes writes) {
    this.snapshot = snapshot;
    this.bounds = new Bounds(snapshot);
    this.machines = machines;
    this.cells = cells;
    this.state = state;
    this.settings = settings;
    this.now = now;
    this.writes = writes;
  }

  /** Whether there was anything to do; then there may be more. */
  boolean visit(Machine machine, MachineRow row) {
    List<Mark> due = Redo.due(row.marks(), now, settings.quiet(), settings.quietAtMost());
    Standing first = row.toldAnything() ? standing(machine, row.first()) : null;
    if (first == null) {
      due.forEach(writes::done);
      return false;
    }
    // Its results begin with the plant day of its first event.
    long begin = bounds.day(first.path(), row.first()).fromMicros();
    return due.isEmpty() || row.computedUntil() == Times.EVER
        ? close(machine, row, begin)
        : redo(machine, row, begin, due);
  }

  private boolean redo(Machine machine, MachineRow row, long begin, List<Mark> due) {
    Mark first = due.stream().min(Comparator.comparing(Mark::span)).orElseThrow();
    long from = Math.max(first.span().fromMicros(), begin);
    Standing standing = standing(machine, Math.min(from, row.computedUntil() - 1));
    if (from >= first.span().toMicros() || standing == null || begin >= row.computedUntil()) {
      writes.done(first);
      return true;
    }
    Span whole = new Span(begin, row.computedUntil());
    Span grown =
        snapshot.grown(standing, new Span(from, Math.max(from + 1, first.span().toMicros())));
    Span region = grown.and(whole).flatMap(standing.span()::and).orElse(null);
    if (region == null) {
      leave(first, standing.span().toMicros());
      return true;
    }
    long until = Math.max(region.fromMicros() + 1, chunk(machine.id(), from));
    Span wanted =
        new Span(region.fromMicros(), Math.max(from + 1, Math.min(region.toMicros(), until)));
    Span window = aligned(standing, wanted, row.computedUntil());
    List<Mark> covered =
        due.stream().filter(mark -> mark.span().overlaps(window) || mark == first).toList();
    Set<String> causes =
        covered.stream().map(Mark::cause).collect(Collectors.toCollection(TreeSet::new));
    compute(standing, row, window, row.computedUntil(), causes);
    for (Mark mark : covered) {
      Span its = mark == first ? grown : snapshot.grown(standing, mark.span());
      Span left = its.and(whole).orElse(null);
      if (left == null || window.covers(left)) {
        writes.done(mark);
      } else if (mark == first || left.fromMicros() >= window.fromMicros()) {
        leave(mark, window.toMicros(), its.toMicros());
      }
    }
    return true;
  }

  private void leave(Mark mark, long from) {
    leave(mark, from, mark.span().toMicros());
  }

  private void leave(Mark mark, long from, long to) {
    if (from < to) {
      writes.shrink(mark, new Span(from, to));
    } else {
      writes.done(mark);
    }
  }

  private boolean close(Machine machine, MachineRow row, long begin) {
    long patient = now - settings.patience().toNanos() / 1_000;
    long over = row.overUntil(now, patient);
    long computed = row.computedUntil() == Times.EVER ? begin : row.computedUntil();
    Standing standing = standing(machine, computed);
    if (standing == null || Math.max(computed, standing.span().fromMicros()) >= over) {
      return false;
    }
    long start = Math.max(computed, standing.span().fromMicros());
    long end = standing.span().toMicros();
    long alive = Math.min(over, told(standing, row));
    if (alive < start) {
      decide(machine, row, standing, over);
      return false;
    }
    // The plant day in which it told something last; later ones are nobody's results.
    long last = Math.min(bounds.day(standing.path(), alive).toMicros(), Math.min(over, end));
    last = Math.min(last, start + 2 * DAYS * Bounds.DAY);
    List<Long> ends = bounds.between(standing.path(), start, last);
    if (end == last && (ends.isEmpty() || ends.getLast() < end)) {
      ends.add(end);
    }
    if (ends.isEmpty()) {
      return false;
    }
    long chunk = chunk(machine.id(), start);
    long to = ends.getFirst();
    for (long one : ends) {
      to = one <= chunk ? one : to;
    }
    state.decide(Map.of(machine.id(), to));
    compute(standing, row, new Span(start, to), to, Set.of(ShiftChanges.CLOSED));
    writes.computed(machine.id(), to);
    return true;
  }

  /** A machine that is silent: its time is decided, and not kept. */
  private void decide(Machine machine, MachineRow row, Standing standing, long over) {
    List<Long> ends = bounds.between(standing.path(), over - 3 * Bounds.DAY, over);
    if (!ends.isEmpty() && row.decidedUntil() < ends.getLast()) {
      state.decide(Map.of(machine.id(), ends.getLast()));
    }
  }

  private void compute(
      Standing standing, MachineRow row, Span window, long computedUntil, Set<String> causes) {
    MachineResult result = snapshot.computed(standing.during(window), List.of());
    new Replacement(snapshot, cells, writes).replace(standing, result, causes);
    for (Mark mark : row.marks()) {
      if (Redo.isOpen(mark) && window.covers(mark.span())) {
        writes.done(mark);
      }
    }
    long settled = Math.max(result.settledMicros(), window.fromMicros());
    if (settled < window.toMicros()) {
      writes.open(row.machineId(), new Span(settled, window.toMicros()));
    }
    if (result.extent().toMicros() > Math.max(computedUntil, row.reachesUntil())) {
      writes.reaches(
          row.machineId(), Math.min(result.extent().toMicros(), Marks.ALWAYS.toMicros()));
    }
  }

  /** The plant days of a time, and all of the cells that are in them, up to what was computed. */
  private Span aligned(Standing standing, Span wanted, long computedUntil) {
    Span limit =
        standing
            .span()
            .and(new Span(MachineInput.ALL_TIME.fromMicros(), computedUntil))
            .orElseThrow();
    Span window = bounds.days(standing.path(), wanted).and(limit).orElseThrow();
    while (true) {
      Span larger = window;
      for (Cells.Head head : cells.heads(standing.machine().id(), window)) {
        larger = larger.hull(head.span());
      }
      larger = larger.and(limit).orElseThrow();
      if (larger.equals(window)) {
        return window;
      }
      window = bounds.days(standing.path(), larger).and(limit).orElseThrow();
    }
  }

  /** The last instant of which anything is known. */
  private long told(Standing standing, MachineRow row) {
    if (row.completeUntil().isPresent()) {
      return Math.max(row.completeUntil().getAsLong(), row.lastWord());
    }
    long at = Math.min(row.lastWord(), MachineInput.ALL_TIME.toMicros() - 1);
    return row.lastWord() + snapshot.rules(standing.path()).at(at).holds().toNanos() / 1_000;
  }

  /** Up to where a time that begins there is computed at once. */
  private long chunk(int machineId, long from) {
    LocalDate first = Times.day(from);
    long sum = 0;
    for (Map.Entry<LocalDate, Long> day :
        state.events(machineId, first, first.plusDays(DAYS)).entrySet()) {
      sum += day.getValue();
      if (sum > EVENTS) {
        return Math.max(Times.begin(day.getKey()), from + Bounds.DAY);
      }
    }
    return from + DAYS * Bounds.DAY;
  }

  /** Where it stood, or else where it stood next; null if it never did since. */
  private @Nullable Standing standing(Machine machine, long micros) {
    List<Place> places = machines.places(machine.id());
    return Standing.at(machine, places, micros)
        .or(
            () ->
                places.stream()
                    .filter(place -> place.fromMicros() > micros)
                    .min(Comparator.comparing(Place::fromMicros))
                    .flatMap(place -> Standing.at(machine, places, place.fromMicros())))
        .orElse(null);
  }
}
