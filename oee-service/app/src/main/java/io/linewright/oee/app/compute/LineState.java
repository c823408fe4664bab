package io.linewright.oee.app.compute;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.mark.Marks.Mark;
import io.linewright.oee.app.registry.Devices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes how far machines of a line are. The caller has locked the line. */
final class LineState {

  private static final String MACHINES =
      """
      SELECT m.machine_id, m.computed_until, m.reaches_until, m.decided_until,
        coalesce((SELECT min(first_time) FROM track t WHERE t.machine_id = m.machine_id), '-infinity'),
        coalesce((SELECT max(last_time) FROM event_part p WHERE p.machine_id = m.machine_id
          AND day = (SELECT max(day) FROM event_part q WHERE q.machine_id = m.machine_id)), '-infinity'),
        coalesce((SELECT min(read) FROM (
          SELECT (SELECT max(last_time) FROM event_part p
                  WHERE p.machine_id = m.machine_id AND p.stream = 1 AND p.day = k.last_day
                    AND p.kinds & (1 << k.kind) <> 0) AS read
          FROM (SELECT kind, max(last_day) AS last_day FROM track t
                WHERE t.machine_id = m.machine_id AND kind IN (10, 11) AND last_day IS NOT NULL
                GROUP BY kind) AS k) AS meters), 'infinity')
      FROM machine m WHERE m.line_id = ? ORDER BY m.machine_id
      """;

  private static final String EVENTS =
      """
      /* read */ SELECT day, sum(events) FROM event_part
      WHERE machine_id = ? AND day BETWEEN ? AND ? GROUP BY day
      """;

  private final JdbcClient jdbc;
  private final Devices devices;
  private final Marks marks;

  LineState(JdbcClient jdbc, Devices devices, Marks marks) {
    this.jdbc = jdbc;
    this.devices = devices;
    this.marks = marks;
  }

  /** All machines that the line guards, by number. */
  SortedMap<Integer, MachineRow> machines(int lineId) {
    List<MachineRow> rows = jdbc.sql(MACHINES).param(lineId).query((row, n) -> machine(row)).list();
    List<Integer> ids = rows.stream().map(MachineRow::machineId).toList();
    Map<Integer, Long> complete = devices.completeUntil(ids);
    Map<Integer, List<Mark>> marked =
        marks.of(ids).stream().collect(Collectors.groupingBy(Mark::machineId));
    SortedMap<Integer, MachineRow> machines = new TreeMap<>();
    for (MachineRow row : rows) {
      Long until = complete.get(row.machineId());
      machines.put(
          row.machineId(),
          new MachineRow(
              row.machineId(),
              row.computedUntil(),
              row.reachesUntil(),
              row.decidedUntil(),
              row.first(),
              row.lastWord(),
              row.metered(),
              until == null ? OptionalLong.empty() : OptionalLong.of(until),
              marked.getOrDefault(row.machineId(), List.of())));
    }
    return machines;
  }

  private static MachineRow machine(ResultSet row) throws SQLException {
    return new MachineRow(
        row.getInt(1),
        Times.micros(row, 2),
        Times.micros(row, 3),
        Times.micros(row, 4),
        Times.micros(row, 5),
        Times.micros(row, 6),
        Times.micros(row, 7),
        OptionalLong.empty(),
        new ArrayList<>());
  }

  /** How many events a machine has on each day in UTC that has some. */
  SortedMap<LocalDate, Long> events(int machineId, LocalDate first, LocalDate last) {
    SortedMap<LocalDate, Long> events = new TreeMap<>();
    jdbc.sql(EVENTS)
        .params(machineId, first, last)
        .query(
            row -> {
              events.put(row.getObject(1, LocalDate.class), row.getLong(2));
            });
    return events;
  }

  /** Nothing is waited for any more before that time. */
  void decide(Map<Integer, Long> until) {
    update("SET decided_until = greatest(m.decided_until, t.at)", until);
  }

  /** Cells before that time have been computed. */
  void computed(Map<Integer, Long> until) {
    update("SET computed_until = greatest(m.computed_until, t.at)", until);
  }

  /** News up to that time may change cells. */
  void reaches(Map<Integer, Long> until) {
    update("SET reaches_until = greatest(m.reaches_until, t.at)", until);
  }

  private void update(String set, Map<Integer, Long> until) {
    if (!until.isEmpty()) {
      List<Integer> ids = List.copyOf(until.keySet());
      jdbc.sql(
              "UPDATE machine m "
                  + set
                  + " FROM unnest(?::int[], ?::timestamptz[]) AS t (machine_id, at)"
                  + " WHERE m.machine_id = t.machine_id")
          .param(ids.stream().mapToInt(Integer::intValue).toArray())
          .param(
              ids.stream()
                  .map(id -> Rfc3339.format(until.getOrDefault(id, 0L)))
                  .toArray(String[]::new))
          .update();
    }
  }

  /** When a worker should look at the line next. */
  void due(int lineId, long micros) {
    jdbc.sql("UPDATE line SET due = ? WHERE line_id = ?").params(Times.at(micros), lineId).update();
  }

  /** What a mark is about begins and ends at other times now. */
  void shrink(long markId, long from, long to) {
    jdbc.sql("UPDATE mark SET from_time = ?, to_time = ? WHERE id = ?")
        .params(Times.at(from), Times.at(to), markId)
        .update();
  }

  void delete(Collection<Long> markIds) {
    if (!markIds.isEmpty()) {
      marks.delete(markIds);
    }
  }
}
