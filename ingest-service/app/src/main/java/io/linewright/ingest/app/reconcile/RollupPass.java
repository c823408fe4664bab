package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.reconcile.GroupBy.Difference;
import io.linewright.ingest.app.reconcile.PassStore.Place;
import io.linewright.ingest.app.rollup.RollupRows;
import io.linewright.ingest.app.storage.DayLocks;
import io.linewright.ingest.app.storage.DayLocks.Held;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.rollup.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goes through every day that has anything and every tag, the newest day first, and compares how
 * many samples there are, their sum, least and greatest with the roll-up of the day, and with how
 * many samples its hours and minutes know. So a roll-up that is missing is found in one pass. Left
 * out is what is marked, and what has gone by retention.
 *
 * <p>A look takes as long as it is allowed to, and at least one day of a tag; the next one goes on,
 * after a restart too. One process at a time looks.
 */
final class RollupPass {

  /** Tags that are looked up with one question. */
  private static final int TAGS = 100;

  /** A day with more samples is counted by hours, so that no statement takes long. */
  static final int MOST_SAMPLES = 1_000_000;

  /** A day that is being compressed is compared another time. */
  private static final int LONGEST_WAIT_SECONDS = 20;

  private static final String LOCK =
      "/* read */ SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.rollup_pass', 0))";
  private static final String UNLOCK =
      "/* read */ SELECT pg_advisory_unlock(hashtextextended(current_schema() || '.rollup_pass', 0))";

  /** Days that have values without having samples, or roll-ups without having either. */
  private static final String OTHER_DAYS =
      """
      /* read */ SELECT max(at) FROM (
        SELECT (
          SELECT c.source_time FROM correction c
          WHERE c.tag_id = t.tag_id AND c.end_time IS NULL AND c.source_time < '%1$s'::timestamptz
          ORDER BY c.source_time DESC LIMIT 1) AS at
        FROM corrected_tag t
        UNION ALL
        SELECT (
          SELECT r.start FROM rollup_day r
          WHERE r.tag_id = t.id AND r.start < '%1$s'::timestamptz
            AND r.start >= coalesce(k.raw_from, '-infinity')
          ORDER BY r.start DESC LIMIT 1)
        FROM tag t LEFT JOIN raw_retained k ON k.tag_id = t.id) e
      """;

  /** Of each tag: what is kept of the day, whether there is anything, whether it is left out. */
  private static final String BATCH =
      """
      /* read */ SELECT t.id, d.good + d.uncertain + d.bad, d.numbers, d.sum, d.sum_squares,
        d.minimum, d.maximum,
        d.tag_id IS NOT NULL OR EXISTS (SELECT FROM %7$s AS s)
          OR EXISTS (SELECT FROM rollup_hour h WHERE h.tag_id = t.id
            AND h.start >= '%1$s'::timestamptz AND h.start < '%2$s'::timestamptz)
          OR EXISTS (SELECT FROM rollup_minute m WHERE m.tag_id = t.id
            AND m.start >= '%1$s'::timestamptz AND m.start < '%2$s'::timestamptz),
        EXISTS (SELECT FROM (VALUES (0, %3$d, %4$d), (1, %5$d, %6$d), (2, %8$d, %8$d + 1))
            AS l (level, f, t)
          JOIN rollup_dirty m ON m.level = l.level AND m.tag_id = t.id
            AND m.from_bucket < l.t AND m.to_bucket > l.f)
          OR EXISTS (SELECT FROM raw_retained k
            WHERE k.tag_id = t.id AND k.raw_from > '%1$s'::timestamptz)
      FROM (SELECT id FROM tag WHERE id > %9$d ORDER BY id LIMIT %10$d) t
      LEFT JOIN rollup_day d ON d.tag_id = t.id AND d.start = '%1$s'::timestamptz
      ORDER BY t.id
      """;

  private static final String SUMS =
      """
      /* read */ SELECT count(*), count(usable), coalesce(sum(plain), 0),
        coalesce(sum(plain * plain), 0), min(usable), max(usable),
        count(usable) > count(plain)
      FROM (
        SELECT usable,
          CASE WHEN usable = 0 OR (abs(usable) < 1e100 AND abs(usable) > 1e-100) THEN usable END
            AS plain
        FROM (
          SELECT CASE WHEN status >= 0 AND x > '-Infinity' AND x < 'Infinity' THEN x END AS usable
          FROM (
            SELECT status, coalesce(number, integer::float8, bool::int::float8) AS x
            FROM %s AS stored) numbered) usable_ones) plain_ones
      """;

  private static final String LOWER =
      """
      /* read */ SELECT
        (SELECT coalesce(sum(good + uncertain + bad), 0) FROM rollup_hour WHERE tag_id = %1$d
          AND start >= '%2$s'::timestamptz AND start < '%3$s'::timestamptz),
        (SELECT coalesce(sum(good + uncertain + bad), 0) FROM rollup_minute WHERE tag_id = %1$d
          AND start >= '%2$s'::timestamptz AND start < '%3$s'::timestamptz)
      """;

  /**
   * What a look found.
   *
   * @param days how many days of tags were compared
   * @param mismatches how many of them differed
   */
  record Looked(long days, long mismatches) {

    static final Looked NOTHING = new Looked(0, 0);
  }

  /**
   * A tag on a day.
   *
   * @param kept its roll-up; null: it has none
   * @param something whether there are samples or roll-ups
   * @param leftOut whether it is marked, or its samples have gone
   */
  private record OfTag(int id, @Nullable DaySums kept, boolean something, boolean leftOut) {}

  private final DataSource dataSource;
  private final PassStore store;
  private final MismatchBook book;
  private final SampleTable samples;
  private final Duration budget;
  private final int mostSamples;

  /**
   * @param budget how long a look takes, about
   * @param mostSamples of a day that is counted by one statement
   */
  RollupPass(DataSource dataSource, PassStore store, Duration budget, int mostSamples) {
    this.dataSource = dataSource;
    this.store = store;
    this.book = new MismatchBook(dataSource);
    this.samples = new SampleTable(dataSource, JdbcClient.create(dataSource));
    this.budget = budget;
    this.mostSamples = mostSamples;
  }

  /** Goes on with the pass, or begins one; not beyond its end. */
  Looked look(Instant now) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (!ask(connection, LOCK)) {
        return Looked.NOTHING;
      }
      try {
        return look(connection, now);
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

  private Looked look(Connection connection, Instant now) throws SQLException {
    long end = System.nanoTime() + budget.toNanos();
    Place known = store.place();
    Place begin = known.beganAt() == null ? Place.first(now) : known;
    Place place = begin;
    boolean ended;
    do {
      Optional<Place> next = step(connection, place, end, now);
      ended = next.isEmpty();
      place = next.orElse(place);
    } while (!ended && System.nanoTime() - end < 0);
    if (ended) {
      store.end(place, now);
    } else {
      store.save(place);
    }
    return new Looked(place.days() - begin.days(), place.mismatches() - begin.mismatches());
  }

  /** Compares the next tags of the day, or goes on to the day before; empty at the end. */
  private Optional<Place> step(Connection connection, Place place, long end, Instant now)
      throws SQLException {
    Integer day = place.day();
    if (day == null) {
      return newestBefore(connection, null).map(place::at);
    }
    Place next = compare(connection, place, day, end, now);
    return next.tagId() == place.tagId()
        ? newestBefore(connection, day).map(place::at)
        : Optional.of(next);
  }

  /** The newest day before one that has anything; null: of all. */
  private Optional<Integer> newestBefore(Connection connection, @Nullable Integer day)
      throws SQLException {
    int newest = Integer.MIN_VALUE;
    for (LocalDate one : samples.days(connection)) {
      int number = Math.toIntExact(one.toEpochDay());
      if (day == null || number < day) {
        newest = Math.max(newest, number);
      }
    }
    String before = day == null ? "infinity" : RollupRows.time(Level.DAY.startOf(day));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OTHER_DAYS.formatted(before))) {
      if (row.next() && row.getObject(1) != null) {
        newest = Math.max(newest, Level.DAY.numberOf(SampleRead.micros(row, 1)));
      }
    }
    return newest == Integer.MIN_VALUE ? Optional.empty() : Optional.of(newest);
  }

  /**
   * Compares tags of a day in one snapshot, until the time is over.
   *
   * @return behind the last one; the same place: there are no more of that day
   */
  private Place compare(Connection connection, Place place, int day, long end, Instant now)
      throws SQLException {
    Held held = DayLocks.hold(connection, Set.of(day), LONGEST_WAIT_SECONDS);
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      Place next = place;
      for (OfTag tag : batch(connection, day, place.tagId())) {
        boolean compared = tag.something() && !tag.leftOut();
        boolean agrees = !compared || agrees(connection, tag, day, now);
        next = next.after(tag.id(), compared ? 1 : 0, agrees ? 0 : 1);
        if (compared && System.nanoTime() - end >= 0) {
          break;
        }
      }
      return next;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
      held.release();
    }
  }

  private static List<OfTag> batch(Connection connection, int day, int after) throws SQLException {
    long from = Level.DAY.startOf(day);
    long to = Level.DAY.startOf(day + 1);
    String begin = RollupRows.time(from);
    String behind = RollupRows.time(to);
    String sql =
        BATCH.formatted(
            begin,
            behind,
            Level.MINUTE.numberOf(from),
            Level.MINUTE.numberOf(to),
            Level.HOUR.numberOf(from),
            Level.HOUR.numberOf(to),
            samples("t.id", from, to),
            day,
            after,
            TAGS);
    List<OfTag> tags = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        tags.add(
            new OfTag(
                row.getInt(1),
                row.getObject(2) == null ? null : sums(row, 1, false),
                row.getBoolean(8),
                row.getBoolean(9)));
      }
    }
    return tags;
  }

  /** Compares a day of a tag; what differs is written down. */
  private boolean agrees(Connection connection, OfTag tag, int day, Instant now)
      throws SQLException {
    long from = Level.DAY.startOf(day);
    long to = Level.DAY.startOf(day + 1);
    DaySums kept = tag.kept();
    boolean large = kept == null || kept.samples() > mostSamples;
    long step = (large ? Level.HOUR : Level.DAY).micros();
    DaySums expected = DaySums.NOTHING;
    for (long begin = from; begin < to; begin += step) {
      expected = expected.plus(expected(connection, tag.id(), begin, begin + step));
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                LOWER.formatted(tag.id(), RollupRows.time(from), RollupRows.time(to)))) {
      row.next();
      long inHours = row.getLong(1);
      long inMinutes = row.getLong(2);
      if (expected.agreesWith(kept == null ? DaySums.NOTHING : kept)
          && inHours == expected.samples()
          && inMinutes == expected.samples()) {
        return true;
      }
      String found =
          "%s; %d samples in hours, %d in minutes"
              .formatted(kept == null ? "none" : kept, inHours, inMinutes);
      Difference difference =
          new Difference(
              from,
              expected.samples() == 0 ? null : expected.toString(),
              kept == null && inHours == 0 && inMinutes == 0 ? null : found);
      book.enter(tag.id(), Level.DAY, List.of(difference), now);
      return false;
    }
  }

  private static DaySums expected(Connection connection, int tag, long from, long to)
      throws SQLException {
    String sql = SUMS.formatted(samples(Integer.toString(tag), from, to));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return sums(row, 0, row.getBoolean(7));
    }
  }

  /** Its bounds stand in the text, so that only the day's partition is locked. */
  private static String samples(String tag, long from, long to) {
    return RollupRows.samples(
        tag,
        "'%s'::timestamptz".formatted(RollupRows.time(from)),
        "'%s'::timestamptz".formatted(RollupRows.time(to)));
  }

  /** Out of six columns behind others. */
  private static DaySums sums(ResultSet row, int skip, boolean extreme) throws SQLException {
    return new DaySums(
        row.getLong(skip + 1),
        row.getLong(skip + 2),
        row.getDouble(skip + 3),
        row.getDouble(skip + 4),
        row.getObject(skip + 5, Double.class),
        row.getObject(skip + 6, Double.class),
        extreme);
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
