package io.linewright.oee.app.progress;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sums up what the tables say of each machine. */
final class ProgressStore {

  /**
   * A machine.
   *
   * @param machine where it stands
   * @param equipmentId its identity
   * @param events how many of its events are stored, those of energy included; those that
   *     contradict each other may be counted twice until their parts are merged
   * @param firstEvent time of the first one; null: there is none
   * @param lastEvent time of the last one
   * @param completeUntil all states and counts before it have been told; null: not every device
   *     that tells them says so
   * @param computedUntil figures before it are stored; null: there are none
   * @param marks how many stretches of them wait to be computed anew
   */
  record MachineProgress(
      String machine,
      String equipmentId,
      long events,
      @Nullable Instant firstEvent,
      @Nullable Instant lastEvent,
      @Nullable Instant completeUntil,
      @Nullable Instant computedUntil,
      long marks) {}

  private static final String BELOW =
      """
      /* read */ SELECT p.path, m.equipment_id::text, coalesce(e.events, 0), e.first_time, e.last_time,
             c.until, nullif(m.computed_until, '-infinity'), coalesce(k.marks, 0)
      FROM machine_place p JOIN machine m USING (machine_id)
      LEFT JOIN LATERAL (
        SELECT sum(events) AS events, min(first_time) AS first_time, max(last_time) AS last_time
        FROM event_part WHERE machine_id = m.machine_id) e ON true
      LEFT JOIN LATERAL (
        SELECT min(d.complete_until) AS until
        FROM track t LEFT JOIN device d ON d.path = t.device
        WHERE t.machine_id = m.machine_id AND t.kind <= 4
        HAVING bool_and(d.complete_until IS NOT NULL)) c ON true
      LEFT JOIN LATERAL (
        SELECT count(*) AS marks FROM mark WHERE machine_id = m.machine_id) k ON true
      WHERE upper_inf(p.during)
      """;

  private final JdbcClient jdbc;

  ProgressStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Machines at and below a path, ordered by path.
   *
   * @param path null: all
   * @param after those behind this path; null: from the first
   */
  List<MachineProgress> below(@Nullable String path, @Nullable String after, int limit) {
    StringBuilder sql = new StringBuilder(BELOW);
    List<Object> params = new ArrayList<>();
    if (path != null) {
      sql.append(" AND (p.path = ? OR starts_with(p.path, ?))");
      Collections.addAll(params, path, path + "/");
    }
    if (after != null) {
      sql.append(" AND p.path > ?");
      params.add(after);
    }
    params.add(limit);
    return jdbc.sql(sql.append(" ORDER BY p.path LIMIT ?").toString())
        .params(params)
        .query(ProgressStore::row)
        .list();
  }

  private static MachineProgress row(ResultSet row, int number) throws SQLException {
    return new MachineProgress(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        instant(row, 4),
        instant(row, 5),
        instant(row, 6),
        instant(row, 7),
        row.getLong(8));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
