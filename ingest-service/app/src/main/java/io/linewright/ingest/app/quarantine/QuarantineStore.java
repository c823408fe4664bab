package io.linewright.ingest.app.quarantine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code quarantine}. */
final class QuarantineStore {

  /**
   * What is kept of a record.
   *
   * @param source identity: the same thing set aside again is not kept twice
   * @param size of the original in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes to store, only ever read
  record Entry(
      String source,
      String stage,
      String origin,
      @Nullable Integer partition,
      @Nullable Long offset,
      String cause,
      byte[] payload,
      int size,
      boolean resubmittable) {}

  /** A record as it stands in the table. */
  record Kept(long id, Instant quarantinedAt, int attempts, Entry entry) {}

  private static final String COLUMNS =
      "id, source, stage, origin, partition, \"offset\", cause, payload, size, resubmittable, quarantined_at, attempts";

  private final JdbcClient jdbc;

  QuarantineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long count() {
    return jdbc.sql("SELECT count(*) FROM quarantine").query((row, n) -> row.getLong(1)).single();
  }

  boolean add(Entry entry) {
    return jdbc.sql(
                """
                INSERT INTO quarantine (source, stage, origin, partition, "offset", cause, payload,
                                        size, resubmittable)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO NOTHING
                """)
            .params(
                Arrays.asList(
                    entry.source(),
                    entry.stage(),
                    entry.origin(),
                    entry.partition(),
                    entry.offset(),
                    entry.cause(),
                    entry.payload(),
                    entry.size(),
                    entry.resubmittable()))
            .update()
        == 1;
  }

  /** Newest first, below the given id. */
  List<Kept> newest(long belowId, int limit) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM quarantine WHERE id < ? ORDER BY id DESC LIMIT ?")
        .params(belowId, limit)
        .query(QuarantineStore::kept)
        .list();
  }

  /** The record, locked until the transaction ends. */
  Optional<Kept> lock(long id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM quarantine WHERE id = ? FOR UPDATE")
        .params(id)
        .query(QuarantineStore::kept)
        .optional();
  }

  void refusedAgain(long id, String cause) {
    jdbc.sql("UPDATE quarantine SET attempts = attempts + 1, cause = ? WHERE id = ?")
        .params(cause, id)
        .update();
  }

  boolean delete(long id) {
    return jdbc.sql("DELETE FROM quarantine WHERE id = ?").params(id).update() == 1;
  }

  private static Kept kept(ResultSet row, int number) throws SQLException {
    return new Kept(
        row.getLong(1),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        row.getInt(12),
        new Entry(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getObject(5, Integer.class),
            row.getObject(6, Long.class),
            row.getString(7),
            row.getBytes(8),
            row.getInt(9),
            row.getBoolean(10)));
  }
}
