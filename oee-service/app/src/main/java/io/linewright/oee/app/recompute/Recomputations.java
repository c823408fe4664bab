package io.linewright.oee.app.recompute;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Table {@code recomputation}. What somebody wants computed again is marked, and done when it is
 * its turn; what of it is left is told by its marks.
 */
final class Recomputations {

  /**
   * What somebody asked for.
   *
   * @param equipment null: all of the plant
   * @param machineDays days of machines, begun ones counted, that had been computed
   * @param done how many of them were computed again, about
   */
  record Recomputation(
      UUID id,
      @Nullable String equipment,
      Instant from,
      Instant to,
      String requestedBy,
      Instant createdAt,
      long machineDays,
      long done,
      String state) {}

  /** Whether it was asked for before with the same key. */
  record Taken(Recomputation recomputation, boolean repeated) {}

  private static final String CAUSE = "recomputation/";
  private static final long DAY = 86_400_000_000L;

  private static final String COMPUTED =
      """
      /* read */ SELECT m.machine_id, m.line_id, min(t.first_time), m.computed_until
      FROM machine m JOIN track t USING (machine_id)
      WHERE m.machine_id = ANY (?) AND m.computed_until > '-infinity' AND t.first_time IS NOT NULL
      GROUP BY m.machine_id
      """;

  private static final String FIND =
      """
      /* read */ SELECT r.recomputation_id, r.equipment, r.from_time, r.to_time, r.requested_by,
        r.created_at, r.machine_days,
        (SELECT coalesce(sum(ceil(extract(epoch FROM m.to_time - m.from_time) / 86400)), 0)::bigint
         FROM mark m WHERE m.cause = 'recomputation/' || r.recomputation_id)
      FROM recomputation r
      """;

  private record Computed(int machineId, int lineId, Span span) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Scopes scopes;
  private final LineRows lines;
  private final Marks marks;

  Recomputations(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Scopes scopes,
      LineRows lines,
      Marks marks) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.scopes = scopes;
    this.lines = lines;
    this.marks = marks;
  }

  /**
   * Marks what was computed of that time.
   *
   * @throws RefusedException {@code unknown-equipment}; {@code idempotency-key-reused} if the key
   *     was used for something else
   */
  Taken take(@Nullable EquipmentPath equipment, Span span, Requester who, String key, Instant now) {
    Optional<Recomputation> known = byKey(who.name(), key);
    if (known.isPresent()) {
      return repeated(known.get(), equipment, span);
    }
    List<Standing> standings = scopes.of(equipment, span);
    UUID id = UUID.randomUUID();
    Boolean added =
        transaction.execute(
            status -> {
              List<Marks.Touch> touched = new ArrayList<>();
              long days = 0;
              SortedMap<Integer, Computed> computed = computed(standings);
              lines.lock(computed.values().stream().map(Computed::lineId).toList());
              for (Standing standing : standings) {
                Computed one = computed.get(standing.machine().id());
                Span part = one == null ? null : standing.span().and(one.span()).orElse(null);
                if (part != null) {
                  touched.add(new Marks.Touch(standing.machine().id(), part));
                  days += days(part);
                }
              }
              boolean first = add(id, equipment, span, who, key, days, now);
              if (first) {
                marks.add(CAUSE + id, touched);
              }
              return first;
            });
    if (Boolean.TRUE.equals(added)) {
      return new Taken(find(id).orElseThrow(), false);
    }
    return repeated(byKey(who.name(), key).orElseThrow(), equipment, span);
  }

  Optional<Recomputation> find(UUID id) {
    return jdbc.sql(FIND + "WHERE r.recomputation_id = ?")
        .param(id)
        .query(Recomputations::recomputation)
        .optional();
  }

  private Optional<Recomputation> byKey(String who, String key) {
    return jdbc.sql(FIND + "WHERE r.requested_by = ? AND r.idempotency_key = ?")
        .params(who, key)
        .query(Recomputations::recomputation)
        .optional();
  }

  private static Taken repeated(Recomputation known, @Nullable EquipmentPath equipment, Span span) {
    boolean same =
        Objects.equals(known.equipment(), equipment == null ? null : equipment.toString())
            && Times.micros(known.from()) == span.fromMicros()
            && Times.micros(known.to()) == span.toMicros();
    if (!same) {
      throw new RefusedException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "idempotency-key-reused",
          "This Idempotency-Key was sent before with another recomputation, %s; send a new one"
              .formatted(known.id()));
    }
    return new Taken(known, true);
  }

  private SortedMap<Integer, Computed> computed(List<Standing> standings) {
    SortedMap<Integer, Computed> computed = new TreeMap<>();
    jdbc.sql(COMPUTED)
        .param(standings.stream().mapToInt(standing -> standing.machine().id()).toArray())
        .query(
            row -> {
              long from = Times.micros(row, 3) - DAY;
              long to = Math.max(from + 1, Times.micros(row, 4));
              computed.put(
                  row.getInt(1), new Computed(row.getInt(1), row.getInt(2), new Span(from, to)));
            });
    return computed;
  }

  private boolean add(
      UUID id,
      @Nullable EquipmentPath equipment,
      Span span,
      Requester who,
      String key,
      long days,
      Instant now) {
    return jdbc.sql(
                """
                INSERT INTO recomputation (recomputation_id, requested_by, idempotency_key, equipment,
                  from_time, to_time, machine_days, created_at)
                VALUES (?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(id)
            .param(who.name())
            .param(key)
            .param(equipment == null ? null : equipment.toString())
            .param(Rfc3339.format(span.fromMicros()))
            .param(Rfc3339.format(span.toMicros()))
            .param(days)
            .param(Times.at(Times.micros(now)))
            .update()
        == 1;
  }

  private static Recomputation recomputation(ResultSet row, int number) throws SQLException {
    long days = row.getLong(7);
    long left = row.getLong(8);
    return new Recomputation(
        row.getObject(1, UUID.class),
        row.getString(2),
        Times.instant(Times.micros(row, 3)),
        Times.instant(Times.micros(row, 4)),
        row.getString(5),
        Times.instant(Times.micros(row, 6)),
        days,
        Math.max(0, days - left),
        left == 0 ? "done" : "running");
  }

  private static long days(Span span) {
    return Math.ceilDiv(span.micros(), DAY);
  }
}
