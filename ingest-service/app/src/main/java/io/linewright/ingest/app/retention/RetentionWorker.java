package io.linewright.ingest.app.retention;

import io.linewright.ingest.app.rollup.RollupRows;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.retention.Keep;
import io.linewright.ingest.rollup.Level;
import io.linewright.model.equipment.DataClass;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Takes away what need not be kept. One process at a time does, under the lock of the roll-ups:
 * while it works, none is computed. First it says of each tag from when on samples are kept, then
 * it deletes those before: whole days if no tag needs them, otherwise a day of a tag at a time. It
 * stores no samples, so no reader waits for it ({@code IngestPosition}).
 */
final class RetentionWorker {

  /**
   * So much later than by the settings samples go. Who stores or corrects goes by the settings: a
   * transaction that judged a value right before the end of a day is over by then, and computed.
   */
  static final Duration GRACE = Duration.ofHours(1);

  /** Longest time that one sweep deletes samples, and roll-ups; the next one goes on. */
  private static final long SWEEP_NANOS = Duration.ofSeconds(5).toNanos();

  /** Most days dropped in a sweep. */
  private static final int CHUNKS = 50;

  /** Most roll-ups of a level deleted by a statement, and of a tag. */
  private static final int ROLLUPS = 10_000;

  private static final int ROLLUPS_OF_TAG = 1_500;

  /** Tags looked at with one question. */
  private static final int TAGS = 1_000;

  private static final String LOCK =
      "/* read */ SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.rollup', 0))";
  private static final String UNLOCK =
      "/* read */ SELECT pg_advisory_unlock(hashtextextended(current_schema() || '.rollup', 0))";

  /** Not while a bucket before it is out of date: it could never be computed again. */
  private static final String MOVE =
      """
      /* read */ INSERT INTO raw_retained (tag_id, raw_from)
      SELECT t.id, b.raw_from FROM tag t, (SELECT ?::timestamptz AS raw_from) b
      WHERE t.data_class = ?
        AND NOT EXISTS (
          SELECT FROM raw_retained k WHERE k.tag_id = t.id AND k.raw_from >= b.raw_from)
        AND NOT EXISTS (
          SELECT FROM (VALUES (0, ?), (1, ?), (2, ?)) AS l (level, bucket)
          JOIN rollup_dirty d
            ON d.level = l.level AND d.tag_id = t.id AND d.from_bucket < l.bucket)
      ON CONFLICT (tag_id) DO UPDATE SET raw_from = excluded.raw_from
      """;

  /** Null if one tag at least keeps all. */
  private static final String OF_ALL =
      """
      /* read */ SELECT CASE WHEN count(*) = count(k.raw_from) THEN min(k.raw_from) END
      FROM tag t LEFT JOIN raw_retained k ON k.tag_id = t.id
      """;

  private static final String OPEN =
      """
      /* read */ SELECT tag_id, deleted_to::text, raw_from::text FROM raw_retained
      WHERE deleted_to < raw_from AND tag_id > ? ORDER BY tag_id LIMIT ?
      """;

  /** Times stand in the text, so that only their days are looked at. */
  private static final String FIRST_DAY =
      """
      /* read */ SELECT date_trunc('day', source_time, 'UTC')::text,
        (date_trunc('day', source_time, 'UTC') + interval '24 hours')::text
      FROM sample WHERE tag_id = %d AND source_time >= '%s' AND source_time < '%s'
      ORDER BY source_time LIMIT 1
      """;

  private static final String DELETE =
      "/* read */ DELETE FROM sample"
          + " WHERE tag_id = %d AND source_time >= '%s' AND source_time < '%s'";
  private static final String DELETED =
      "/* read */ UPDATE raw_retained SET deleted_to = '%s' WHERE tag_id = %d";

  private static final String DELETE_ROLLUPS =
      """
      /* read */ DELETE FROM %s WHERE ctid = ANY (ARRAY(
        SELECT r.ctid FROM raw_retained k CROSS JOIN LATERAL (
          SELECT o.ctid FROM %s o
          WHERE o.tag_id = k.tag_id AND o.start < least(k.raw_from, ?) LIMIT %d) r
        LIMIT %d))
      """;

  /**
   * What a sweep took away.
   *
   * @param chunks days of all tags
   * @param samples rows that were deleted one by one
   * @param compressed days that were compressed
   */
  record Swept(int chunks, long samples, long rollups, int compressed) {
    static final Swept NOTHING = new Swept(0, 0, 0, 0);
  }

  private record Open(int tagId, String from, String to) {}

  private final DataSource dataSource;
  private final SampleTable table;
  private final RetentionSettings settings;
  private final InstantSource clock;

  RetentionWorker(
      DataSource dataSource, SampleTable table, RetentionSettings settings, InstantSource clock) {
    this.dataSource = dataSource;
    this.table = table;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes away some of what may go, unless another process is at it or at roll-ups. */
  Swept sweep() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (!ask(connection, LOCK)) {
        return Swept.NOTHING;
      }
      try {
        return sweep(connection);
      } finally {
        unlock(connection);
      }
    }
  }

  /** Whatever happened: the lock must not go back into the pool with the connection. */
  private static void unlock(Connection connection) throws SQLException {
    try {
      ask(connection, UNLOCK);
    } catch (SQLException broken) {
      connection.abort(Runnable::run);
    }
  }

  private Swept sweep(Connection connection) throws SQLException {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().minus(GRACE));
    for (DataClass dataClass : DataClass.values()) {
      Keep keep = settings.of(dataClass);
      if (!keep.forever()) {
        move(connection, dataClass, keep.from(now));
      }
    }
    Optional<LocalDate> ofAll = ofAll(connection);
    int chunks = ofAll.isEmpty() ? 0 : table.dropBefore(connection, ofAll.get(), CHUNKS);
    long samples = deleteSamples(connection);
    Keep rollups = new Keep(settings.rollups());
    return new Swept(
        chunks,
        samples,
        rollups.forever() ? 0 : deleteRollups(connection, rollups.from(now)),
        compress());
  }

  /** A day at a time: no roll-up is computed meanwhile. */
  private int compress() throws SQLException {
    Keep open = new Keep(settings.compressAfter());
    if (open.forever()) {
      return 0;
    }
    long from = open.from(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    return table.compress(LocalDate.ofEpochDay(Level.DAY.numberOf(from))).isPresent() ? 1 : 0;
  }

  private static void move(Connection connection, DataClass dataClass, long from)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setObject(1, SampleRead.time(from));
      statement.setString(2, dataClass.toString());
      for (Level level : Level.values()) {
        statement.setInt(3 + level.ordinal(), level.numberOf(from));
      }
      statement.executeUpdate();
    }
  }

  private static Optional<LocalDate> ofAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OF_ALL)) {
      return row.next() && row.getObject(1) != null
          ? Optional.of(LocalDate.ofEpochDay(Level.DAY.numberOf(SampleRead.micros(row, 1))))
          : Optional.empty();
    }
  }

  private static long deleteSamples(Connection connection) throws SQLException {
    long begin = System.nanoTime();
    long deleted = 0;
    int after = Integer.MIN_VALUE;
    List<Open> tags = open(connection, after);
    while (!tags.isEmpty()) {
      for (Open tag : tags) {
        if (System.nanoTime() - begin > SWEEP_NANOS) {
          return deleted;
        }
        deleted += deleteDay(connection, tag);
        after = tag.tagId();
      }
      tags = open(connection, after);
      if (tags.isEmpty()) {
        after = Integer.MIN_VALUE;
        tags = open(connection, after);
      }
    }
    return deleted;
  }

  private static List<Open> open(Connection connection, int after) throws SQLException {
    List<Open> open = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setInt(1, after);
      statement.setInt(2, TAGS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          open.add(new Open(row.getInt(1), row.getString(2), row.getString(3)));
        }
      }
    }
    return open;
  }

  /** The first day of a tag that has samples which go; if there is none, the tag is done. */
  private static long deleteDay(Connection connection, Open tag) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String from = tag.from();
      String to = tag.to();
      boolean found;
      try (ResultSet row =
          statement.executeQuery(FIRST_DAY.formatted(tag.tagId(), tag.from(), tag.to()))) {
        found = row.next();
        if (found) {
          from = row.getString(1);
          to = row.getString(2);
        }
      }
      long deleted =
          found ? statement.executeLargeUpdate(DELETE.formatted(tag.tagId(), from, to)) : 0;
      statement.executeUpdate(DELETED.formatted(to, tag.tagId()));
      return deleted;
    }
  }

  private static long deleteRollups(Connection connection, long from) throws SQLException {
    long begin = System.nanoTime();
    long deleted = 0;
    long before;
    do {
      before = deleted;
      for (Level level : Level.values()) {
        String name = RollupRows.table(level);
        String sql = DELETE_ROLLUPS.formatted(name, name, ROLLUPS_OF_TAG, ROLLUPS);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setObject(1, SampleRead.time(from));
          deleted += statement.executeLargeUpdate();
        }
      }
    } while (deleted > before && System.nanoTime() - begin <= SWEEP_NANOS);
    return deleted;
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
