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

  private static final String COUNT =
      """
      /* read */ SELECT coalesce(sum(good::bigint + uncertain + bad), 0)::bigint FROM rollup_hour
      WHERE tag_id = ? AND start >= ? AND start < ? AND start >= coalesce(
        (SELECT raw_from FROM raw_retained WHERE tag_id = ?), '-infinity')
      """;

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
   * How many samples of a tag are kept between two instants, counted by the roll-ups of the hours
   * that begin there: what has come since they were computed is missing.
   *
   * @throws io.linewright.kit.problem.RefusedException if the database needs too long
   * @throws org.springframework.dao.DataAccessResourceFailureException if the database fails
   */
  long samples(int tagId, long fromMicros, long toMicros) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setQueryTimeout(TIME_LIMIT_SECONDS);
      statement.setInt(1, tagId);
      statement.setObject(2, SampleRead.time(fromMicros));
      statement.setObject(3, SampleRead.time(toMicros));
      statement.setInt(4, tagId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException failed) {
      throw RollupReader.refused(failed);
    }
  }
}
