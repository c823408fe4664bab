package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.batch.SampleRow;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Puts rows into the table of samples, each key once. New rows go by binary COPY straight into the
 * table, under a savepoint. Only if a key is there already, the batch goes through a staging table;
 * then the next batches do too, because repeats come in runs and an aborted COPY costs its rows
 * twice. Used by one thread.
 */
final class SampleWriter {

  /** Batches that use staging after a unique violation. */
  static final int CAREFUL_BATCHES = 20;

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String COPY =
      "COPY %s (" + SampleTable.COLUMNS + ") FROM STDIN (FORMAT binary)";
  private static final String CREATE_STAGING =
      """
      CREATE TEMP TABLE IF NOT EXISTS sample_staging (
        tag_id int NOT NULL, source_time timestamptz NOT NULL, ordinal smallint NOT NULL,
        status int NOT NULL, number float8, integer int8, bool boolean, text text, bytes bytea,
        gateway_time timestamptz NOT NULL, ingest_time timestamptz NOT NULL) ON COMMIT DELETE ROWS
      """;

  /** In the writing order: two writers of the same keys wait for each other, never deadlock. */
  private static final String MERGE =
      "INSERT INTO sample ("
          + SampleTable.COLUMNS
          + ") SELECT "
          + SampleTable.COLUMNS
          + " FROM sample_staging"
          + " ORDER BY date_trunc('day', source_time, 'UTC'), tag_id, source_time, ordinal"
          + " ON CONFLICT (tag_id, source_time, ordinal) DO NOTHING";

  /**
   * A statement of its own after the merge: it must see what another writer has just committed. Its
   * days stand in its text, so that it locks the partitions of these days only.
   */
  private static final String CONFLICTS =
      """
      SELECT s.tag_id, s.source_time, s.ordinal FROM sample_staging s
      JOIN sample t USING (tag_id, source_time, ordinal)
      WHERE (t.status, t.number, t.integer, t.bool, t.text, t.bytes)
        IS DISTINCT FROM (s.status, s.number, s.integer, s.bool, s.text, s.bytes)
        AND t.source_time >= '%s 00:00:00+00' AND t.source_time < '%s 00:00:00+00'
      """;

  /**
   * What the table took.
   *
   * @param inserted number of new rows
   * @param conflicts rows that contradict one in the table; every other row not inserted repeats
   *     one
   */
  record Written(long inserted, List<SampleRow> conflicts) {}

  private final CopyEncoder encoder = new CopyEncoder();
  private final boolean alwaysStaging;
  private int carefulFor;

  /**
   * @param alwaysStaging for the lane of late values, where repeats are the rule
   */
  SampleWriter(boolean alwaysStaging) {
    this.alwaysStaging = alwaysStaging;
  }

  /**
   * Writes inside the connection's transaction.
   *
   * @param rows in the writing order, no key twice
   */
  Written write(Connection connection, List<SampleRow> rows, Instant ingestTime)
      throws SQLException {
    if (rows.isEmpty()) {
      return new Written(0, List.of());
    }
    ByteBuffer bytes = encoder.encode(rows, ChronoUnit.MICROS.between(Instant.EPOCH, ingestTime));
    if (alwaysStaging || carefulFor > 0) {
      carefulFor = Math.max(0, carefulFor - 1);
      return viaStaging(connection, rows, bytes);
    }
    Savepoint before = connection.setSavepoint("copy");
    try {
      long inserted = copy(connection, "sample", bytes);
      connection.releaseSavepoint(before);
      return new Written(inserted, List.of());
    } catch (SQLException failed) {
      if (!UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        throw failed;
      }
      connection.rollback(before);
      connection.releaseSavepoint(before);
      carefulFor = CAREFUL_BATCHES;
      return viaStaging(connection, rows, bytes);
    }
  }

  private static Written viaStaging(Connection connection, List<SampleRow> rows, ByteBuffer bytes)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE_STAGING);
      statement.execute("DELETE FROM sample_staging");
      copy(connection, "sample_staging", bytes);
      long inserted = statement.executeLargeUpdate(MERGE);
      if (inserted == rows.size()) {
        return new Written(inserted, List.of());
      }
      return new Written(inserted, conflicts(statement, rows));
    }
  }

  private static List<SampleRow> conflicts(Statement statement, List<SampleRow> rows)
      throws SQLException {
    List<Key> keys = new ArrayList<>();
    LocalDate first = LocalDate.ofEpochDay(rows.getFirst().epochDay());
    LocalDate behind = LocalDate.ofEpochDay(rows.getLast().epochDay() + 1);
    try (ResultSet row = statement.executeQuery(CONFLICTS.formatted(first, behind))) {
      while (row.next()) {
        Instant time = row.getObject(2, OffsetDateTime.class).toInstant();
        keys.add(
            new Key(row.getInt(1), ChronoUnit.MICROS.between(Instant.EPOCH, time), row.getInt(3)));
      }
    }
    if (keys.isEmpty()) {
      return List.of();
    }
    var wanted = new HashSet<>(keys);
    return rows.stream().filter(row -> wanted.contains(Key.of(row))).toList();
  }

  private static long copy(Connection connection, String table, ByteBuffer bytes)
      throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY.formatted(table));
    try {
      copy.writeToCopy(bytes.array(), 0, bytes.limit());
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private record Key(int tagId, long micros, int ordinal) {
    static Key of(SampleRow row) {
      return new Key(row.tagId(), row.sample().sourceMicros(), row.sample().ordinal());
    }
  }
}
