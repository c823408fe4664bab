package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.tally.Tallies;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.RollupReader;
import io.linewright.ingest.app.rollup.RollupRows;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.rollup.BucketRange;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.ReadPlan.Mark;
import io.linewright.ingest.rollup.Rollup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads roll-ups for aggregates. */
final class RollupTotals {

  private static final int TIME_LIMIT_SECONDS = 20;
  private static final int FETCH = 5_000;

  private static final String WITHOUT_POINTS =
      """
      /* read */ SELECT %s, NULL::bytea FROM %%s
      WHERE tag_id = ? AND start >= ? AND start < ? ORDER BY start
      """
          .formatted(RollupRows.COLUMNS.substring(0, RollupRows.COLUMNS.lastIndexOf(',')));

  /** Whole days by their own roll-ups: those of hours lie far apart. */
  private static final String COUNT =
      """
      /* read */ SELECT coalesce(sum(samples), 0)::bigint, coalesce(max(samples / hours), 0)::bigint
      FROM (SELECT start, good::bigint + uncertain + bad AS samples, 1 AS hours FROM rollup_hour
            WHERE tag_id = ? AND (start >= ? AND start < ? OR start >= ? AND start < ?)
            UNION ALL
            SELECT start, good::bigint + uncertain + bad, 24 FROM rollup_day
            WHERE tag_id = ? AND start >= ? AND start < ?) r
      WHERE start >= coalesce((SELECT raw_from FROM raw_retained WHERE tag_id = ?), '-infinity')
      """;

  /** Marks that cover less are of what has just come. */
  private static final int FEW_MINUTES = 60;

  private static final String COUNT_MARKED =
      """
      /* read */ SELECT count(*) FROM (
        SELECT 1 FROM unnest(?::int[], ?::int[]) AS m (low, behind) CROSS JOIN LATERAL
          (SELECT 1 FROM sample WHERE tag_id = ? AND source_time >= to_timestamp(m.low * 60.0)
             AND source_time < to_timestamp(m.behind * 60.0) LIMIT ?) s
        LIMIT ?) c
      """;

  /**
   * What a tag has in a range, roughly.
   *
   * @param samples how many
   * @param inHour most of them in an hour; of whole days and what is marked the mean
   */
  record Kept(long samples, long inHour) {

    static final Kept NONE = new Kept(0, 0);

    Kept and(Kept other) {
      return new Kept(samples + other.samples, Math.max(inHour, other.inHour));
    }

    Kept orMore(Kept other) {
      return new Kept(Math.max(samples, other.samples), Math.max(inHour, other.inHour));
    }

    /** Most samples in a bucket of this width. */
    long inBucketOf(long micros) {
      return Math.min(samples, (long) (inHour * (micros / (double) Level.HOUR.micros())));
    }
  }

  private final DataSource dataSource;

  RollupTotals(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Tells the roll-ups of one level, in one snapshot with the marks: those that are up to date and
   * whose samples are kept. All other time is unknown; where nothing is told there are no samples.
   *
   * @param level roll-ups that buckets are made of
   * @param fromMicros begin, microseconds since the epoch
   * @param toMicros end, not included; later
   * @throws io.linewright.kit.problem.RefusedException if the database needs too long
   * @throws org.springframework.dao.DataAccessResourceFailureException if the database fails
   */
  void read(int tagId, Level level, long fromMicros, long toMicros, Tallies tallies) {
    try (Connection connection = dataSource.getConnection()) {
      try {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        long kept = Math.clamp(RollupReader.keptFrom(connection, tagId), fromMicros, toMicros);
        long inner = Math.ceilDiv(kept, level.micros()) * level.micros();
        long behind = Math.floorDiv(toMicros, level.micros()) * level.micros();
        if (inner >= behind) {
          tallies.unknown(fromMicros, toMicros);
          return;
        }
        tallies.unknown(fromMicros, inner);
        tallies.unknown(behind, toMicros);
        List<BucketRange> dirty = dirty(connection, tagId, level, inner, behind);
        dirty.forEach(
            range -> tallies.unknown(level.startOf(range.from()), level.startOf(range.to())));
        readRollups(connection, tagId, level, inner, behind, dirty, tallies);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException failed) {
      throw RollupReader.refused(failed);
    }
  }

  /** Buckets between two bounds of some that are marked, or something below them is; ascending. */
  private static List<BucketRange> dirty(
      Connection connection, int tagId, Level level, long from, long to) throws SQLException {
    List<BucketRange> dirty = new ArrayList<>();
    for (Mark mark : DirtyMarks.of(connection, tagId, level, from, to)) {
      long first = Math.max(from, mark.level().startOf(mark.from()));
      long behind = Math.min(to, mark.level().startOf(mark.to()));
      dirty.add(new BucketRange(tagId, level.numberOf(first), level.numberOf(behind - 1) + 1));
    }
    return BucketRange.merged(dirty);
  }

  private static void readRollups(
      Connection connection,
      int tagId,
      Level level,
      long from,
      long to,
      List<BucketRange> dirty,
      Tallies tallies)
      throws SQLException {
    String sql = WITHOUT_POINTS.formatted(RollupRows.table(level));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      RollupRows.inBinary(statement);
      statement.setFetchSize(FETCH);
      statement.setQueryTimeout(TIME_LIMIT_SECONDS);
      statement.setInt(1, tagId);
      statement.setObject(2, SampleRead.time(from));
      statement.setObject(3, SampleRead.time(to));
      try (ResultSet row = statement.executeQuery()) {
        int next = 0;
        while (row.next()) {
          Rollup rollup = RollupRows.read(row, 0);
          int number = level.numberOf(rollup.startMicros());
          while (next < dirty.size() && dirty.get(next).to() <= number) {
            next++;
          }
          if (next == dirty.size() || number < dirty.get(next).from()) {
            tallies.add(rollup, level);
          }
        }
      }
    }
  }

  /**
   * What of a tag is kept between two instants, counted by the roll-ups of the hours and days that
   * begin there. Where much is marked, samples that have no roll-ups yet are counted themselves, up
   * to {@link AggregatePlan#MOST_SAMPLES}: what is greater counts.
   *
   * @throws io.linewright.kit.problem.RefusedException if the database needs too long
   * @throws org.springframework.dao.DataAccessResourceFailureException if the database fails
   */
  Kept kept(int tagId, long fromMicros, long toMicros) {
    long day = Level.DAY.micros();
    long firstDay = Math.min(Math.ceilDiv(fromMicros, day) * day, toMicros);
    long behindDays = Math.max(Math.floorDiv(toMicros, day) * day, firstDay);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setQueryTimeout(TIME_LIMIT_SECONDS);
      statement.setInt(1, tagId);
      statement.setObject(2, SampleRead.time(fromMicros));
      statement.setObject(3, SampleRead.time(firstDay));
      statement.setObject(4, SampleRead.time(behindDays));
      statement.setObject(5, SampleRead.time(toMicros));
      statement.setInt(6, tagId);
      statement.setObject(7, SampleRead.time(firstDay));
      statement.setObject(8, SampleRead.time(behindDays));
      statement.setInt(9, tagId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Kept(row.getLong(1), row.getLong(2))
            .orMore(marked(connection, tagId, fromMicros, toMicros));
      }
    } catch (SQLException failed) {
      throw RollupReader.refused(failed);
    }
  }

  private static Kept marked(Connection connection, int tagId, long from, long to)
      throws SQLException {
    List<BucketRange> marked = dirty(connection, tagId, Level.MINUTE, from, to);
    long minutes = marked.stream().mapToLong(BucketRange::count).sum();
    if (minutes < FEW_MINUTES) {
      return Kept.NONE;
    }
    try (PreparedStatement statement = connection.prepareStatement(COUNT_MARKED)) {
      statement.setQueryTimeout(TIME_LIMIT_SECONDS);
      statement.setArray(
          1, connection.createArrayOf("int4", marked.stream().map(BucketRange::from).toArray()));
      statement.setArray(
          2, connection.createArrayOf("int4", marked.stream().map(BucketRange::to).toArray()));
      statement.setInt(3, tagId);
      statement.setLong(4, AggregatePlan.MOST_SAMPLES + 1);
      statement.setLong(5, AggregatePlan.MOST_SAMPLES + 1);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Kept(row.getLong(1), row.getLong(1) * 60 / minutes);
      }
    }
  }
}
