package io.linewright.oee.app.downtime;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.line.CausePropagation;
import io.linewright.oee.line.FirstCause;
import io.linewright.oee.line.LineTopology;
import io.linewright.oee.line.Station;
import io.linewright.oee.line.Waiting;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What first made machines wait, of the stops of one answer: what the machines of their lines did
 * is computed once.
 */
final class Causes {

  /** What is before a wait and may be its cause is looked at for so long, µs. */
  private static final long BEFORE = 3_600_000_000L;

  private static final long DAY = 86_400_000_000L;

  /** Most days of machines that are computed to explain the stops of one line. */
  private static final int MAX_DAYS = 400;

  private record Line(EquipmentPath path, LineTopology topology) {}

  private final Snapshot snapshot;
  private final Scopes scopes;
  private final Map<EquipmentPath, Span> waits = new HashMap<>();
  private final Map<Line, Map<String, List<TimeSlice>>> slices = new HashMap<>();

  /**
   * @param stops all that will be asked about
   */
  Causes(Snapshot snapshot, Scopes scopes, Collection<FoundStop> stops) {
    this.snapshot = snapshot;
    this.scopes = scopes;
    for (FoundStop found : stops) {
      if (waits(found.stop())) {
        waits.merge(found.standing().path().line(), found.stop().span(), Span::hull);
      }
    }
  }

  /** The first cause of a stop; empty if the machine does not wait for another one. */
  Optional<FirstCause> of(FoundStop found) {
    Stop stop = found.stop();
    if (!waits(stop)) {
      return Optional.empty();
    }
    EquipmentPath machine = found.standing().path();
    EquipmentPath path = machine.line();
    Optional<LineTopology> topology = snapshot.book().topology(path, stop.span().fromMicros());
    if (topology.isEmpty()) {
      return Optional.of(
          new FirstCause.Unknown(
              "nobody says in which order the machines of %s stand: lines in the master data"
                  .formatted(path)));
    }
    Span around = around(path);
    long days =
        topology.get().stations().stream().mapToLong(station -> station.machines().size()).sum()
            * (1 + around.micros() / DAY);
    if (days > MAX_DAYS) {
      return Optional.of(
          new FirstCause.Unknown("too much would have to be computed; ask for this stop alone"));
    }
    Map<String, List<TimeSlice>> did =
        slices.computeIfAbsent(new Line(path, topology.get()), line -> did(line, around));
    return Optional.of(
        CausePropagation.of(
            topology.get(),
            did,
            cycles(found),
            new Waiting(machine.toString(), stop.span(), stop.category())));
  }

  private static boolean waits(Stop stop) {
    return stop.category() == TimeCategory.STARVED || stop.category() == TimeCategory.BLOCKED;
  }

  private Span around(EquipmentPath line) {
    Span all = waits.getOrDefault(line, new Span(0, 1));
    return new Span(
        Math.max(MachineInput.ALL_TIME.fromMicros(), all.fromMicros() - BEFORE), all.toMicros());
  }

  private Map<String, List<TimeSlice>> did(Line line, Span around) {
    Map<String, List<TimeSlice>> did = new TreeMap<>();
    for (Station station : line.topology().stations()) {
      for (String machine : station.machines()) {
        EquipmentPath path = EquipmentPath.parse(machine);
        List<TimeSlice> its = new ArrayList<>();
        for (Standing standing : scopes.at(path, around)) {
          its.addAll(snapshot.computed(standing, List.of()).slices());
        }
        its.sort(Comparator.comparing(TimeSlice::span));
        did.put(machine, its);
      }
    }
    return did;
  }

  /** How long an item takes on the machine that waits, which decides how far back is looked. */
  private Map<String, Duration> cycles(FoundStop found) {
    EquipmentPath path = found.standing().path();
    Map<String, Duration> cycles = new HashMap<>();
    snapshot
        .book()
        .cyclesOf(path)
        .of(path, found.product(), found.stop().span().fromMicros())
        .ifPresent(cycle -> cycles.put(path.toString(), cycle.cycle()));
    return cycles;
  }
}
