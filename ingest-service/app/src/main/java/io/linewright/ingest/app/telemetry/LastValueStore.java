package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.storage.SampleTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  static final long MICROS_PER_DAY = 86_400_000_000L;

  /**
   * Days that are looked at in one statement. Each is a partition of plain PostgreSQL, and a
   * statement locks those that it plans with, and their keys: more of them than the server has room
   * for cannot be looked at together.
   */
  static final int MOST_DAYS = 180;

  private static final String MARKS =
      "/* read */ SELECT t.id, l.source_time FROM tag t LEFT JOIN last_value l ON l.tag_id = t.id";

  /** The bounds stand in its text, so that it locks the partitions in between only. */
  private static final String FIND =
      """
      /* read */ SELECT k.id, s.* FROM unnest(?::int[], ?::bigint[]) AS k (id, micros)
      CROSS JOIN LATERAL (
        SELECT %s FROM sample
        WHERE tag_id = k.id AND source_time >= '%s' AND source_time < '%s'
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

  /** The time of a tag's value that is known; null: none is. */
  private record Known(int tagId, @Nullable Long micros) {

    boolean before(long instant) {
      return micros == null || micros < instant;
    }
  }

  private final JdbcClient jdbc;
  private final SampleTable samples;

  LastValueStore(JdbcClient jdbc, SampleTable samples) {
    this.jdbc = jdbc;
    this.samples = samples;
  }

  /** The last value of each tag that has one. */
  List<LastValue> find() {
    return findInAllDays(
        jdbc.sql(MARKS)
            .query(
                (row, number) ->
                    new Known(
                        row.getInt(1), row.getObject(2) == null ? null : SampleRead.micros(row, 2)))
            .list());
  }

  /**
   * The last stored values of these tags: one look into an index each.
   *
   * @param known time of the value that is known, microseconds since the epoch; null: none is
   * @param from what is older is not looked at; null: everything is
   */
  List<LastValue> find(List<Integer> tagIds, List<@Nullable Long> known, @Nullable Instant from) {
    List<Known> tags = new ArrayList<>(tagIds.size());
    for (int i = 0; i < tagIds.size(); i++) {
      tags.add(new Known(tagIds.get(i), known.get(i)));
    }
    return from == null
        ? findInAllDays(tags)
        : find(tags, from.atOffset(ZoneOffset.UTC).toString(), "infinity");
  }

  /**
   * Some days after the other, the newest first, until each tag has a value or is known to have no
   * older one.
   */
  private List<LastValue> findInAllDays(List<Known> tags) {
    List<LocalDate> days = samples.days();
    List<LastValue> found = new ArrayList<>();
    List<Known> missing = tags;
    String behind = "infinity";
    for (int end = days.size(); end > 0 && !missing.isEmpty(); end -= MOST_DAYS) {
      LocalDate first = days.get(Math.max(0, end - MOST_DAYS));
      List<LastValue> here = find(missing, midnight(first), behind);
      found.addAll(here);
      Set<Integer> done = here.stream().map(LastValue::tagId).collect(Collectors.toSet());
      long begin = first.toEpochDay() * MICROS_PER_DAY;
      missing =
          missing.stream().filter(tag -> tag.before(begin) && !done.contains(tag.tagId())).toList();
      behind = midnight(first);
    }
    return found;
  }

  private List<LastValue> find(List<Known> tags, String from, String behind) {
    return jdbc.sql(FIND.formatted(SampleRead.COLUMNS, from, behind))
        .params(
            tags.stream().map(Known::tagId).toArray(Integer[]::new),
            tags.stream().map(Known::micros).toArray(Long[]::new))
        .query(LastValueStore::value)
        .list();
  }

  static String midnight(LocalDate day) {
    return day + " 00:00:00+00";
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

  static LastValue value(ResultSet row, int number) throws SQLException {
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
