package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.batch.SampleRow;
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
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Puts rows into the table of samples, each key once. Rows that are newer than everything known of
 * their tag go by binary COPY straight into the table, under a savepoint; the others, late or
 * repeated, go through a staging table. What is known only decides the way: a row that was thought
 * new and is there already, because another process stored it, sends the whole batch through
 * staging, and the next batches too, because repeats come in runs and an aborted COPY costs its
 * rows twice. Used by one thread.
 */
final class SampleWriter {

  /** Batches that use staging after a unique violation. */
  static final int CAREFUL_BATCHES = 20;

  /** Never changed. */
  private static final BitSet NOTHING = new BitSet(0);

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
   * days stand in its text, so that it locks the partitions of these days only. LIMIT keeps it at
   * one look into the index per row: about a table without statistics the planner can only guess.
   */
  private static final String CONFLICTS =
      """
      SELECT s.tag_id, s.source_time, s.ordinal FROM sample_staging s
      CROSS JOIN LATERAL (
        SELECT * FROM sample
        WHERE tag_id = s.tag_id AND source_time = s.source_time AND ordinal = s.ordinal
          AND source_time >= '%s 00:00:00+00' AND source_time < '%s 00:00:00+00'
        LIMIT 1) t
      WHERE (t.status, t.number, t.integer, t.bool, t.text, t.bytes)
        IS DISTINCT FROM (s.status, s.number, s.integer, s.bool, s.text, s.bytes)
      """;

  /**
   * What the table took.
   *
   * @param inserted number of new rows
   * @param conflicts rows that contradict one in the table; every other row not inserted repeats
   *     one
   */
  record Written(long inserted, List<SampleRow> conflicts) {}

  private final LastValues known;
  private final boolean alwaysStaging;
  private int carefulFor;

  /**
   * @param known what is known of each tag
   * @param alwaysStaging for the lane of late values, where repeats are the rule
   */
  SampleWriter(LastValues known, boolean alwaysStaging) {
    this.known = known;
    this.alwaysStaging = alwaysStaging;
  }

  /**
   * Writes inside the connection's transaction.
   *
   * @param rows in the writing order, no key twice
   * @param encoded the same rows
   */
  Written write(
      Connection connection, List<SampleRow> rows, EncodedRows encoded, Instant ingestTime)
      throws SQLException {
    if (rows.isEmpty()) {
      return new Written(0, List.of());
    }
    encoded.stamp(ingestTime);
    if (alwaysStaging || carefulFor > 0) {
      carefulFor = Math.max(0, carefulFor - 1);
      return viaStaging(connection, rows, encoded, NOTHING);
    }
    BitSet newer = known.newerThanKnown(rows);
    if (!copyAll(connection, encoded, newer)) {
      carefulFor = CAREFUL_BATCHES;
      return viaStaging(connection, rows, encoded, NOTHING);
    }
    int copied = newer.cardinality();
    if (copied == rows.size()) {
      return new Written(copied, List.of());
    }
    Written others = viaStaging(connection, rows, encoded, newer);
    return new Written(copied + others.inserted(), others.conflicts());
  }

  /** Copies the chosen rows into the table; false, and nothing is changed, if one is there. */
  private static boolean copyAll(Connection connection, EncodedRows encoded, BitSet chosen)
      throws SQLException {
    if (chosen.isEmpty()) {
      return true;
    }
    Savepoint before = connection.setSavepoint("copy");
    try {
      encoded.copy(copies(connection), COPY.formatted("sample"), chosen, true);
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException failed) {
      if (!UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        throw failed;
      }
      connection.rollback(before);
      connection.releaseSavepoint(before);
      return false;
    }
  }

  /**
   * @param without rows that are stored already
   */
  private static Written viaStaging(
      Connection connection, List<SampleRow> rows, EncodedRows encoded, BitSet without)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE_STAGING);
      statement.execute("DELETE FROM sample_staging");
      long staged =
          encoded.copy(copies(connection), COPY.formatted("sample_staging"), without, false);
      long inserted = statement.executeLargeUpdate(MERGE);
      return new Written(inserted, inserted == staged ? List.of() : conflicts(statement, rows));
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

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private record Key(int tagId, long micros, int ordinal) {
    static Key of(SampleRow row) {
      return new Key(row.tagId(), row.sample().sourceMicros(), row.sample().ordinal());
    }
  }
}
