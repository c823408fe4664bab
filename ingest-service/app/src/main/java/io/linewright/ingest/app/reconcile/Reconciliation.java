package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.reconcile.GroupBy.Difference;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.RollupRows;
import io.linewright.ingest.app.storage.DayLocks;
import io.linewright.ingest.app.storage.DayLocks.Held;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.ReadPlan.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * Compares roll-ups of random tags and hours with their samples, in all that they say. What differs
 * is written down and marked, so that it is computed anew. Buckets that are marked are not
 * compared: it is known that they are out of date. That nothing is missing is shown by {@link
 * RollupPass}.
 */
final class Reconciliation {

  /** Buckets with more samples are not compared: it would take the database too long. */
  static final int MOST_SAMPLES = 1_000_000;

  /** Days are compared once in so many times. */
  private static final int DAY_EACH = 12;

  /** The day before the chosen one is taken once in so many times: it should have none, or one. */
  private static final int NEIGHBOUR_EACH = 8;

  /** So often another tag and hour are chosen if nothing is there or it is too large. */
  private static final int TRIES = 20;

  private static final String TAG =
      """
      /* read */ SELECT id FROM tag
      OFFSET floor(?::float8 * (SELECT count(*) FROM tag)) LIMIT 1
      """;
  private static final String DAYS = "/* read */ SELECT count(*) FROM rollup_day WHERE tag_id = ?";
  private static final String DAY =
      "/* read */ SELECT start FROM rollup_day WHERE tag_id = ? ORDER BY start OFFSET ? LIMIT 1";
  private static final String LAST =
      "/* read */ SELECT start FROM rollup_minute WHERE tag_id = ? ORDER BY start DESC LIMIT 1";
  private static final String SIZE =
      """
      /* read */ SELECT coalesce(sum(good + uncertain + bad), 0) FROM rollup_minute
      WHERE tag_id = %d AND start >= '%s'::timestamptz AND start < '%s'::timestamptz
      """;
  private static final String GONE =
      "/* read */ SELECT 1 FROM raw_retained WHERE tag_id = %d AND raw_from > '%s'::timestamptz";

  /** A day that is being compressed is checked another time. */
  private static final int LONGEST_WAIT_SECONDS = 20;

  /**
   * What a check found.
   *
   * @param buckets how many minutes were compared, and the hours and days that they make up
   * @param mismatches how many buckets differed
   */
  record Found(int buckets, int mismatches) {

    static final Found NOTHING = new Found(0, 0);
  }

  private final DataSource dataSource;
  private final MismatchBook book;
  private final RandomGenerator random;

  Reconciliation(DataSource dataSource, RandomGenerator random) {
    this.dataSource = dataSource;
    this.book = new MismatchBook(dataSource);
    this.random = random;
  }

  /** Compares one random hour of a random tag, now and then its whole day. */
  Found check(Instant now) throws SQLException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Found> found = tryOne(now);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return Found.NOTHING;
  }

  private Optional<Found> tryOne(Instant now) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Optional<Integer> tag = tag(connection, random.nextDouble());
      if (tag.isEmpty()) {
        return Optional.empty();
      }
      Optional<Integer> chosen = day(connection, tag.get());
      if (chosen.isEmpty()) {
        return Optional.empty();
      }
      int day = chosen.get() - (random.nextInt(NEIGHBOUR_EACH) == 0 ? 1 : 0);
      boolean whole = random.nextInt(DAY_EACH) == 0;
      return whole
          ? compare(connection, tag.get(), Level.DAY, day, now)
          : compare(connection, tag.get(), Level.HOUR, 24 * day + random.nextInt(24), now);
    }
  }

  private static Optional<Integer> tag(Connection connection, double which) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAG)) {
      statement.setDouble(1, which);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  /** One of the days of a tag that have a roll-up, or the last one, which may have none yet. */
  private Optional<Integer> day(Connection connection, int tag) throws SQLException {
    try (PreparedStatement days = connection.prepareStatement(DAYS);
        PreparedStatement day = connection.prepareStatement(DAY);
        PreparedStatement last = connection.prepareStatement(LAST)) {
      days.setInt(1, tag);
      int count = one(days).map(Long::intValue).orElse(0);
      int which = random.nextInt(count + 1);
      day.setInt(1, tag);
      day.setInt(2, which);
      last.setInt(1, tag);
      try (ResultSet row = (which < count ? day : last).executeQuery()) {
        return row.next()
            ? Optional.of(Level.DAY.numberOf(SampleRead.micros(row, 1)))
            : Optional.empty();
      }
    }
  }

  private static Optional<Long> one(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  /**
   * Compares one bucket and all below it, but for what is marked, in one snapshot.
   *
   * @return empty if it is too large, or its samples have gone by retention
   */
  Optional<Found> compare(Connection connection, int tag, Level level, int bucket, Instant now)
      throws SQLException {
    long from = level.startOf(bucket);
    long to = level.startOf(bucket + 1);
    Held day = DayLocks.hold(connection, Set.of(Level.DAY.numberOf(from)), LONGEST_WAIT_SECONDS);
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      List<Mark> marks = DirtyMarks.of(connection, tag, level, from, to);
      if (gone(connection, tag, from) || samples(connection, tag, from, to) > MOST_SAMPLES) {
        return Optional.empty();
      }
      int found = 0;
      for (Level each : Level.values()) {
        if (each.compareTo(level) <= 0) {
          List<Difference> wrong =
              GroupBy.compare(connection, tag, each, from, to).stream()
                  .filter(difference -> !isMarked(marks, each, difference.startMicros()))
                  .toList();
          book.enter(tag, each, wrong, now);
          found += wrong.size();
        }
      }
      return Optional.of(new Found(unmarkedMinutes(marks, from, to), found));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
      day.release();
    }
  }

  private static int unmarkedMinutes(List<Mark> marks, long from, long to) {
    int unmarked = 0;
    for (long start = from; start < to; start += Level.MINUTE.micros()) {
      unmarked += isMarked(marks, Level.MINUTE, start) ? 0 : 1;
    }
    return unmarked;
  }

  /** Whether it is known that a bucket, or something below it, is out of date. */
  private static boolean isMarked(List<Mark> marks, Level level, long start) {
    return marks.stream()
        .anyMatch(
            mark ->
                mark.level().compareTo(level) <= 0
                    && mark.level().startOf(mark.from()) < start + level.micros()
                    && mark.level().startOf(mark.to()) > start);
  }

  private static long samples(Connection connection, int tag, long from, long to)
      throws SQLException {
    String sql = SIZE.formatted(tag, RollupRows.time(from), RollupRows.time(to));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return one(statement).orElse(0L);
    }
  }

  /** Retention goes by days: no bucket has lost only a part of its samples. */
  private static boolean gone(Connection connection, int tag, long from) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(GONE.formatted(tag, RollupRows.time(from)))) {
      return one(statement).isPresent();
    }
  }
}
