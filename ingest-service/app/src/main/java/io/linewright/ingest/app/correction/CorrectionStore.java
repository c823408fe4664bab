package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.truth.CorrectionRow;
import io.linewright.ingest.app.truth.ToldCorrection;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.CorrectionBook;
import io.linewright.ingest.truth.Entry;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target;
import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds to the tables of corrections, in the transaction of the caller. */
final class CorrectionStore {

  /**
   * A request that has been granted.
   *
   * @param idempotencyKey names it among those of its requester
   * @param fingerprint of what was asked for
   * @param recordedMicros when, microseconds since the epoch
   */
  record Request(
      UUID id,
      String requester,
      String idempotencyKey,
      String reason,
      String fingerprint,
      long recordedMicros) {}

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private static final String ADD =
      """
      INSERT INTO correction (tag_id, version, kind, source_time, end_time, ordinal, status, number,
                              integer, bool, text, bytes, request_id, recorded_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final JdbcTemplate template;
  private final JdbcClient jdbc;

  CorrectionStore(JdbcTemplate template) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
  }

  /** The request that somebody has made by that key. */
  Optional<Request> find(String requester, String idempotencyKey) {
    return jdbc.sql(
            """
            SELECT request_id, requester, idempotency_key, reason, fingerprint, recorded_at
            FROM correction_request WHERE requester = ? AND idempotency_key = ?
            """)
        .params(requester, idempotencyKey)
        .query(
            (row, n) ->
                new Request(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    SampleRead.micros(row, 6)))
        .optional();
  }

  /** Enters a request; false if its requester has used the key meanwhile. */
  boolean enter(Request request) {
    return jdbc.sql(
                """
                INSERT INTO correction_request (request_id, requester, idempotency_key, reason,
                                                fingerprint, recorded_at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (requester, idempotency_key) DO NOTHING
                """)
            .params(
                request.id(),
                request.requester(),
                request.idempotencyKey(),
                request.reason(),
                request.fingerprint(),
                SampleRead.time(request.recordedMicros()))
            .update()
        == 1;
  }

  /** What was entered for a request, by tag and version. */
  List<ToldCorrection> of(UUID request) {
    return jdbc.sql(CorrectionRow.TOLD + " WHERE c.request_id = ? ORDER BY c.tag_id, c.version")
        .param(request)
        .query(CorrectionRow::told)
        .list();
  }

  /** Locks a tag until the transaction ends; its last version. Lock tags in the order of ids. */
  long lock(int tagId) {
    jdbc.sql("INSERT INTO corrected_tag (tag_id, version) VALUES (?, 0) ON CONFLICT DO NOTHING")
        .param(tagId)
        .update();
    return jdbc.sql("SELECT version FROM corrected_tag WHERE tag_id = ? FOR UPDATE")
        .param(tagId)
        .query(Long.class)
        .single();
  }

  /** All that is needed to judge these corrections of a locked tag. */
  CorrectionBook book(int tagId, long version, List<Correction> wanted, long recordedMicros) {
    List<At> keys = new ArrayList<>();
    List<During> restored = new ArrayList<>();
    for (Correction correction : wanted) {
      if (correction.target() instanceof At key) {
        keys.add(key);
      } else if (correction.target() instanceof During range && correction.kind() == Kind.RESTORE) {
        restored.add(range);
      }
    }
    List<Entry> known = new ArrayList<>(ranges(tagId));
    known.addAll(latest(tagId, keys));
    return new CorrectionBook(
        version,
        recordedMicros,
        stored(tagId, keys),
        known,
        restored.stream().distinct().filter(range -> corrected(tagId, range)).toList());
  }

  /**
   * Enters accepted corrections of a locked tag: the one place where what people say changes values
   * that count, each time from {@code target.fromMicros()} to {@code target.toMicros()}.
   */
  void add(Request request, int tagId, List<Entry> accepted) {
    template.execute(
        (ConnectionCallback<int[]>)
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                for (Entry entry : accepted) {
                  Target target = entry.correction().target();
                  bind(statement, request, tagId, entry, target);
                  statement.addBatch();
                  mark(connection, tagId, target);
                }
                return statement.executeBatch();
              }
            });
    jdbc.sql("UPDATE corrected_tag SET version = ? WHERE tag_id = ?")
        .params(accepted.getLast().version(), tagId)
        .update();
  }

  private static void mark(Connection connection, int tagId, Target target) throws SQLException {
    switch (target) {
      case At key -> DirtyMarks.mark(connection, tagId, key.fromMicros(), key.toMicros());
      case During range ->
          DirtyMarks.markRange(connection, tagId, range.fromMicros(), range.toMicros());
    }
  }

  private static void bind(
      PreparedStatement statement, Request request, int tagId, Entry entry, Target target)
      throws SQLException {
    Correction correction = entry.correction();
    boolean sets = correction.kind() == Kind.REPLACE || correction.kind() == Kind.INSERT;
    SampleValue value = correction.value();
    statement.setInt(1, tagId);
    statement.setLong(2, entry.version());
    statement.setString(3, correction.kind().toString());
    statement.setObject(4, SampleRead.time(target.fromMicros()));
    statement.setObject(
        5,
        target instanceof During ? SampleRead.time(target.toMicros()) : null,
        Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setObject(6, target instanceof At key ? key.ordinal() : null, Types.SMALLINT);
    statement.setObject(7, sets ? correction.status().bits() : null, Types.INTEGER);
    statement.setObject(
        8, value instanceof DoubleValue(double number) ? number : null, Types.DOUBLE);
    statement.setObject(9, value instanceof IntegerValue(long whole) ? whole : null, Types.BIGINT);
    statement.setObject(
        10, value instanceof BooleanValue(boolean bool) ? bool : null, Types.BOOLEAN);
    statement.setObject(11, value instanceof StringValue(String text) ? text : null, Types.VARCHAR);
    statement.setBytes(12, value instanceof BytesValue(byte[] bytes) ? bytes : null);
    statement.setObject(13, request.id());
    statement.setObject(14, SampleRead.time(request.recordedMicros()));
  }

  private List<Entry> ranges(int tagId) {
    return jdbc.sql(
            "SELECT "
                + CorrectionRow.COLUMNS
                + " FROM correction WHERE tag_id = ? AND end_time IS NOT NULL")
        .param(tagId)
        .query((row, n) -> CorrectionRow.entry(row, 0))
        .list();
  }

  private List<Entry> latest(int tagId, List<At> keys) {
    return jdbc.sql(
            "SELECT DISTINCT ON (source_time, ordinal) "
                + CorrectionRow.COLUMNS
                + " FROM correction WHERE tag_id = ? AND end_time IS NULL"
                + " AND source_time = ANY(?::timestamptz[])"
                + " ORDER BY source_time, ordinal, version DESC")
        .params(tagId, times(keys))
        .query((row, n) -> CorrectionRow.entry(row, 0))
        .list();
  }

  /**
   * Keys that have a sample, day by day: so that only partitions of these days are locked. The
   * times are joined, because TimescaleDB (2.28) fails in a prepared {@code = ANY} over a
   * compressed day.
   */
  private List<At> stored(int tagId, List<At> keys) {
    Map<Long, List<At>> days = new TreeMap<>();
    for (At key : keys) {
      days.computeIfAbsent(Math.floorDiv(key.micros(), MICROS_PER_DAY), day -> new ArrayList<>())
          .add(key);
    }
    List<At> stored = new ArrayList<>();
    days.forEach(
        (day, ofDay) ->
            stored.addAll(
                jdbc.sql(
                        """
                        SELECT s.source_time, s.ordinal
                        FROM (SELECT DISTINCT unnest(?::timestamptz[]) AS time) k
                        JOIN sample s ON s.source_time = k.time
                        WHERE s.tag_id = ? AND s.source_time >= ? AND s.source_time < ?
                        """)
                    .params(
                        times(ofDay),
                        tagId,
                        SampleRead.time(day * MICROS_PER_DAY),
                        SampleRead.time((day + 1) * MICROS_PER_DAY))
                    .query((row, n) -> new At(SampleRead.micros(row, 1), row.getInt(2)))
                    .list()));
    return stored;
  }

  /** Whether something in a range has been corrected that was not only restored. */
  private boolean corrected(int tagId, During range) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM correction WHERE tag_id = ? AND kind <> 'restore'
                             AND end_time IS NULL AND source_time >= ? AND source_time < ?)
                OR EXISTS (SELECT FROM correction WHERE tag_id = ? AND kind <> 'restore'
                             AND end_time > ? AND source_time < ?)
            """)
        .params(
            tagId,
            SampleRead.time(range.fromMicros()),
            SampleRead.time(range.toMicros()),
            tagId,
            SampleRead.time(range.fromMicros()),
            SampleRead.time(range.toMicros()))
        .query(Boolean.class)
        .single();
  }

  private static String[] times(List<At> keys) {
    return keys.stream().map(key -> Rfc3339.format(key.micros())).distinct().toArray(String[]::new);
  }
}
