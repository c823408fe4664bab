package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.SampleRead;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the last values after a start. The table {@code last_value} only says from where to search,
 * so that silent tags need not be looked for in every partition; it may lag behind, and being
 * written once per {@link #EVERY_MILLIS} it costs next to nothing.
 */
final class LastValueStore {

  /** Time between two writes. */
  static final long EVERY_MILLIS = 10_000;

  private static final String FIND =
      """
      SELECT t.id, s.* FROM tag t LEFT JOIN last_value l ON l.tag_id = t.id
      CROSS JOIN LATERAL (
        SELECT %s FROM sample
        WHERE tag_id = t.id AND source_time >= coalesce(l.source_time, '-infinity')
        ORDER BY source_time DESC, ordinal DESC LIMIT 1) s
      """
          .formatted(SampleRead.COLUMNS);

  /** A bound in its text, so that it does not lock the partitions of all days. */
  private static final String NEWER =
      """
      /* read */ SELECT k.id, s.* FROM unnest(?::int[], ?::bigint[]) AS k (id, micros)
      CROSS JOIN LATERAL (
        SELECT %s FROM sample
        WHERE tag_id = k.id AND source_time >= '%s'
          AND source_time >= coalesce(timestamptz 'epoch' + k.micros * interval '1 microsecond', '-infinity')
        ORDER BY source_time DESC, ordinal DESC LIMIT 1) s
      """;

  private static final String WRITE =
      """
      INSERT INTO last_value AS l (tag_id, source_time)
      SELECT * FROM unnest(?::int[], ?::timestamptz[])
      ON CONFLICT (tag_id) DO UPDATE SET source_time = excluded.source_time
      WHERE excluded.source_time > l.source_time
      """;

  private final JdbcClient jdbc;

  LastValueStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<LastValue> find() {
    return jdbc.sql(FIND).query(LastValueStore::value).list();
  }

  /**
   * The last stored values of these tags: one look into an index each.
   *
   * @param known time of the value that is known, microseconds since the epoch; null: none is
   * @param from what is older is not looked at; null: everything is
   */
  List<LastValue> find(List<Integer> tagIds, List<@Nullable Long> known, @Nullable Instant from) {
    String bound = from == null ? "-infinity" : from.atOffset(ZoneOffset.UTC).toString();
    return jdbc.sql(NEWER.formatted(SampleRead.COLUMNS, bound))
        .params(tagIds.toArray(new Integer[0]), known.toArray(new Long[0]))
        .query(LastValueStore::value)
        .list();
  }

  /** Takes over what the table has newer than what is known of these tags. */
  void update(LastValues values, Collection<Tag> tags, @Nullable Instant from) {
    Map<Integer, Long> times = values.times();
    List<Integer> ids = new ArrayList<>();
    List<@Nullable Long> known = new ArrayList<>();
    for (Tag tag : tags) {
      ids.add(tag.id());
      known.add(times.get(tag.id()));
    }
    values.loaded(find(ids, known, from));
  }

  private static LastValue value(ResultSet row, int number) throws SQLException {
    return new LastValue(
        row.getInt(1),
        SampleRead.sample(row, 1),
        SampleRead.gatewayMicros(row, 1),
        SampleRead.ingestMicros(row, 1),
        1);
  }

  /** Moves the marks, in the connection's transaction and in the order of tags. */
  void write(Connection connection, List<LastValue> values) throws SQLException {
    List<LastValue> sorted =
        values.stream().sorted(Comparator.comparingInt(LastValue::tagId)).toList();
    Object[] ids = sorted.stream().map(LastValue::tagId).toArray();
    Object[] times = sorted.stream().map(LastValueStore::time).toArray();
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setArray(1, connection.createArrayOf("int4", ids));
      statement.setArray(2, connection.createArrayOf("timestamptz", times));
      statement.executeUpdate();
    }
  }

  private static String time(LastValue value) {
    OffsetDateTime time =
        Instant.EPOCH
            .plus(value.sample().sourceMicros(), ChronoUnit.MICROS)
            .atOffset(ZoneOffset.UTC);
    return time.toString();
  }
}
