package io.linewright.oee.app.figures;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentLevel;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Grouping;
import io.linewright.oee.kpi.KpiScope;
import io.linewright.oee.line.LineTopology;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.range.HourBuckets;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/** Sums up the cells of what is asked about. */
final class Groups {

  /** Most groups of an answer. */
  private static final int MAX_GROUPS = 10_000;

  private Groups() {}

  /** The machines whose figures stand for a line. */
  enum Basis {
    /** All. */
    MACHINES,
    /** The one that limits its line, as the topology says. */
    KEY_MACHINE
  }

  /**
   * The groups, sorted by their keys.
   *
   * @throws RefusedException {@code too-many-results}
   */
  static List<Group> of(Snapshot snapshot, Asked asked, GroupBy by, Basis basis) {
    Map<String, List<Cell>> byHour = new TreeMap<>();
    for (Standing part : asked.parts()) {
      if (basis == Basis.MACHINES || isKeyMachine(snapshot, part)) {
        List<Span> hours =
            by.hour()
                ? HourBuckets.of(snapshot.calendars(part.path(), part.span()))
                : List.of(part.span());
        int hour = 0;
        for (Cell cell : snapshot.cells(part, hours.stream().map(Span::fromMicros).toList())) {
          while (hours.get(hour).toMicros() <= cell.span().fromMicros()) {
            hour++;
          }
          String key = by.hour() ? Rfc3339.format(hours.get(hour).fromMicros()) : "";
          byHour.computeIfAbsent(key, first -> new ArrayList<>()).add(cell);
        }
      }
    }
    List<Group> groups = new ArrayList<>();
    byHour.forEach((hour, cells) -> add(snapshot, by, hour, cells, groups));
    if (groups.size() > MAX_GROUPS) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST,
          "too-many-results",
          "That are %d groups, and an answer has at most %d; ask for less time or fewer machines"
              .formatted(groups.size(), MAX_GROUPS));
    }
    return groups;
  }

  private static void add(
      Snapshot snapshot, GroupBy by, String hour, List<Cell> cells, List<Group> groups) {
    Map<List<String>, Elements> sums = Grouping.sum(cells, by.by());
    Map<List<String>, Quantity> first = producedFirst(snapshot, by, cells);
    Map<List<String>, Span> spans = new HashMap<>();
    if (by.by().contains(Grouping.By.ORDER)) {
      for (Cell cell : cells) {
        List<String> keys = Grouping.sum(List.of(cell), by.by()).firstKey();
        spans.merge(keys, cell.span(), Span::hull);
      }
    }
    int order = by.by().indexOf(Grouping.By.ORDER);
    sums.forEach(
        (keys, elements) -> {
          Span span = order < 0 || keys.get(order).isEmpty() ? null : spans.get(keys);
          Long micros = span == null ? null : (Long) span.micros();
          List<String> all = new ArrayList<>(keys);
          if (by.hour()) {
            all.add(hour);
          }
          groups.add(new Group(List.copyOf(all), elements, new KpiScope(micros, first.get(keys))));
        });
  }

  /**
   * What the first station of the line produced, of each group that is all of one line of which
   * somebody says how it is built. The keys are those of the groups without the machine.
   */
  private static Map<List<String>, Quantity> producedFirst(
      Snapshot snapshot, GroupBy by, List<Cell> cells) {
    Set<EquipmentPath> lines = new HashSet<>();
    cells.forEach(cell -> lines.add(line(cell.key().machine())));
    if (lines.size() != 1 || by.by().contains(Grouping.By.MACHINE)) {
      return Map.of();
    }
    EquipmentPath line = lines.iterator().next();
    long at = cells.getLast().span().toMicros() - 1;
    Optional<LineTopology> topology = snapshot.book().topology(line, at);
    if (topology.isEmpty() || topology.get().stations().isEmpty()) {
      return Map.of();
    }
    List<String> firsts = topology.get().stations().getFirst().machines();
    Map<List<String>, Quantity> produced = new HashMap<>();
    Grouping.sum(
            cells.stream()
                .filter(cell -> firsts.contains(cell.key().machine().toString()))
                .toList(),
            by.by())
        .forEach((keys, elements) -> produced.put(keys, elements.counts().produced()));
    return produced;
  }

  private static boolean isKeyMachine(Snapshot snapshot, Standing part) {
    long at = part.span().toMicros() - 1;
    return snapshot
        .book()
        .topology(line(part.path()), at)
        .map(topology -> topology.keyMachine(cycles(snapshot, topology, at)))
        .filter(part.path().toString()::equals)
        .isPresent();
  }

  /** The shortest ideal cycle of each machine of a line that has one. */
  private static Map<String, Duration> cycles(
      Snapshot snapshot, LineTopology topology, long micros) {
    Map<String, Duration> cycles = new HashMap<>();
    topology.stations().stream()
        .flatMap(station -> station.machines().stream())
        .map(EquipmentPath::parse)
        .forEach(
            machine ->
                snapshot
                    .book()
                    .cyclesOf(machine)
                    .shortest(machine, micros)
                    .ifPresent(cycle -> cycles.put(machine.toString(), cycle)));
    return cycles;
  }

  private static EquipmentPath line(EquipmentPath machine) {
    List<String> segments = machine.segments();
    return new EquipmentPath(
        segments.subList(0, Math.min(EquipmentLevel.WORK_CENTER.depth(), segments.size())));
  }
}
