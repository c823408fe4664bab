package io.linewright.ingest.app.rollup;

import io.linewright.ingest.app.rollup.RollupRows.Of;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.rollup.BucketRange;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.RollupFold;
import io.linewright.kit.fault.FaultPoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes buckets anew, one transaction with one snapshot: what is computed is what the snapshot
 * shows, and only marks that it shows are taken away. A sample that is committed later brings a
 * mark of its own.
 */
final class RollupRound {

  /** Most marks of a round. */
  static final int MARKS = 5_000;

  /** Most buckets of a round, if it has more than one mark; a mark has at most a day of minutes. */
  static final int BUCKETS = 50_000;

  private static final int FETCH = 10_000;

  private static final String TAKE =
      """
      /* read */ SELECT d.tag_id, d.from_bucket, d.to_bucket, d.id,
        (SELECT k.raw_from FROM raw_retained k WHERE k.tag_id = d.tag_id)
      FROM rollup_dirty d WHERE d.level = ? AND (d.tag_id, d.from_bucket, d.id) > (?, ?, ?)
        AND d.to_bucket <= ? AND d.epoch BETWEEN 0 AND ?
      ORDER BY d.tag_id, d.from_bucket, d.id LIMIT ?
      """;

  /** The day stands in the text, so that only its partition is locked. */
  private static final String READ_SAMPLES =
      """
      /* read */ SELECT r.tag, s.* FROM unnest(?::int[], ?::int[], ?::int[]) AS r (tag, f, t)
      CROSS JOIN LATERAL (
        SELECT source_time, ordinal, status, number, integer, bool, NULL::text, NULL::bytea,
          text IS NOT NULL OR bytes IS NOT NULL
        FROM %s AS samples
        WHERE source_time >= '%%s'::timestamptz AND source_time < '%%s'::timestamptz
        ORDER BY source_time, ordinal) AS s
      """
          .formatted(
              RollupRows.samples(
                  "r.tag", "to_timestamp(r.f * 60::float8)", "to_timestamp(r.t * 60::float8)"));

  private static final String READ_ROLLUPS =
      """
      /* read */ SELECT r.tag, s.* FROM unnest(?::int[], ?::int[], ?::int[]) AS r (tag, f, t)
      CROSS JOIN LATERAL (
        SELECT %s FROM %s WHERE tag_id = r.tag
          AND start >= to_timestamp(r.f * %d::float8) AND start < to_timestamp(r.t * %d::float8)
        ORDER BY start) s
      """;

  private static final String DELETE =
      """
      /* read */ DELETE FROM %s d USING unnest(?::int[], ?::int[], ?::int[]) AS r (tag, f, t)
      WHERE d.tag_id = r.tag
        AND d.start >= to_timestamp(r.f * %d::float8) AND d.start < to_timestamp(r.t * %d::float8)
      """;

  /** One mark of a higher bucket is enough: only the worker adds and takes these. */
  private static final String MARK_UPPER =
      """
      /* read */ INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)
      SELECT ?, m.tag, m.f, m.t, 0 FROM unnest(?::int[], ?::int[], ?::int[]) AS m (tag, f, t)
      WHERE NOT EXISTS (
        SELECT FROM rollup_dirty d WHERE d.level = ? AND d.tag_id = m.tag AND d.from_bucket = m.f)
      """;

  private static final String TAKE_AWAY =
      """
      /* read */ DELETE FROM rollup_dirty d USING unnest(?::int[], ?::int[], ?::bigint[]) AS m (tag, f, id)
      WHERE d.level = ? AND d.tag_id = m.tag AND d.from_bucket = m.f AND d.id = m.id
      """;

  /** Which marks are taken next: those behind this one. */
  record Position(int tagId, int from, long id) {
    static final Position START = new Position(Integer.MIN_VALUE, Integer.MIN_VALUE, 0);
  }

  /**
   * What a round did.
   *
   * @param next where to go on; null: all that could be taken was
   * @param buckets how many buckets were computed
   */
  record Outcome(@Nullable Position next, int buckets) {}

  /**
   * A mark as it was read.
   *
   * @param gone whether samples of its buckets have gone by retention: they stay as they are. A
   *     mark lies within a day, and retention goes by days
   */
  private record Mark(BucketRange range, long id, boolean gone) {}

  private final Connection connection;
  private final Level level;
  private final FaultPoints faults;

  /**
   * @param connection not in auto-commit mode, REPEATABLE READ, no transaction begun; of the one
   *     worker
   */
  RollupRound(Connection connection, Level level, FaultPoints faults) {
    this.connection = connection;
    this.level = level;
    this.faults = faults;
  }

  /**
   * Computes what the next marks say.
   *
   * @param closed number of the first bucket that is not over yet; marks that reach it wait
   * @param settled last epoch in which nobody writes any more
   */
  Outcome run(Position after, int closed, long settled) throws SQLException {
    List<Mark> marks = take(after, closed, settled);
    if (marks.isEmpty()) {
      connection.rollback();
      return new Outcome(null, 0);
    }
    boolean full = marks.size() == MARKS;
    List<Mark> taken = upTo(marks, BUCKETS);
    List<BucketRange> ranges =
        BucketRange.merged(taken.stream().filter(mark -> !mark.gone()).map(Mark::range).toList());
    int computed = ranges.isEmpty() ? 0 : compute(ranges);
    takeAway(taken);
    faults.reached("rollup-before-commit");
    connection.commit();
    Mark last = taken.getLast();
    boolean more = full || taken.size() < marks.size();
    return new Outcome(
        more ? new Position(last.range().tagId(), last.range().from(), last.id()) : null, computed);
  }

  private int compute(List<BucketRange> ranges) throws SQLException {
    List<Of> rollups = level == Level.MINUTE ? ofSamples(ranges) : ofRollups(ranges);
    delete(ranges);
    RollupRows.copy(connection, level, rollups);
    faults.reached("rollup-between-write-and-marks");
    if (level.upper().isPresent()) {
      markUpper(level.upper().get(), ranges);
    }
    return rollups.size();
  }

  private List<Mark> take(Position after, int closed, long settled) throws SQLException {
    List<Mark> marks = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setInt(1, level.ordinal());
      statement.setInt(2, after.tagId());
      statement.setInt(3, after.from());
      statement.setLong(4, after.id());
      statement.setInt(5, closed);
      statement.setLong(6, settled);
      statement.setInt(7, MARKS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          BucketRange range = new BucketRange(row.getInt(1), row.getInt(2), row.getInt(3));
          boolean gone =
              row.getObject(5) != null && level.startOf(range.from()) < SampleRead.micros(row, 5);
          marks.add(new Mark(range, row.getLong(4), gone));
        }
      }
    }
    return marks;
  }

  private static List<Mark> upTo(List<Mark> marks, int buckets) {
    int sum = 0;
    int count = 0;
    while (count < marks.size()
        && (count == 0 || sum + marks.get(count).range().count() <= buckets)) {
      sum += marks.get(count).range().count();
      count++;
    }
    return marks.subList(0, count);
  }

  private List<Of> ofSamples(List<BucketRange> ranges) throws SQLException {
    Map<Integer, List<BucketRange>> days = new TreeMap<>();
    for (BucketRange range : ranges) {
      for (BucketRange part : range.byDay()) {
        int day = Level.DAY.numberOf(Level.MINUTE.startOf(part.from()));
        days.computeIfAbsent(day, d -> new ArrayList<>()).add(part);
      }
    }
    Collected collected = new Collected();
    for (Map.Entry<Integer, List<BucketRange>> day : days.entrySet()) {
      String sql =
          READ_SAMPLES.formatted(
              RollupRows.time(Level.DAY.startOf(day.getKey())),
              RollupRows.time(Level.DAY.startOf(day.getKey() + 1)));
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        RollupRows.inBinary(statement);
        statement.setFetchSize(FETCH);
        RangeArrays.of(day.getValue()).bind(statement, 1);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            var sample = SampleRead.sample(row, 1);
            collected.at(row.getInt(1), sample.sourceMicros()).add(sample, row.getBoolean(10));
          }
        }
      }
    }
    return collected.all();
  }

  private List<Of> ofRollups(List<BucketRange> ranges) throws SQLException {
    Level lower = level.lower().orElseThrow();
    long seconds = level.micros() / 1_000_000;
    String sql =
        READ_ROLLUPS.formatted(RollupRows.COLUMNS, RollupRows.table(lower), seconds, seconds);
    Collected collected = new Collected();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      RollupRows.inBinary(statement);
      statement.setFetchSize(FETCH);
      RangeArrays.of(ranges).bind(statement, 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          var part = RollupRows.read(row, 1);
          collected.at(row.getInt(1), part.startMicros()).add(part, lower);
        }
      }
    }
    return collected.all();
  }

  private void delete(List<BucketRange> ranges) throws SQLException {
    long seconds = level.micros() / 1_000_000;
    String sql = DELETE.formatted(RollupRows.table(level), seconds, seconds);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      RangeArrays.of(ranges).bind(statement, 1);
      statement.executeUpdate();
    }
  }

  private void markUpper(Level upper, List<BucketRange> ranges) throws SQLException {
    Set<BucketRange> marks = new LinkedHashSet<>();
    for (BucketRange range : ranges) {
      int first = upper.numberOf(level.startOf(range.from()));
      int last = upper.numberOf(level.startOf(range.to()) - 1);
      for (int number = first; number <= last; number++) {
        marks.add(new BucketRange(range.tagId(), number, number + 1));
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(MARK_UPPER)) {
      statement.setInt(1, upper.ordinal());
      RangeArrays.of(List.copyOf(marks)).bind(statement, 2);
      statement.setInt(5, upper.ordinal());
      statement.executeUpdate();
    }
  }

  private void takeAway(List<Mark> marks) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_AWAY)) {
      RangeArrays ranges = RangeArrays.of(marks.stream().map(Mark::range).toList());
      statement.setArray(1, RangeArrays.array(statement, ranges.tags()));
      statement.setArray(2, RangeArrays.array(statement, ranges.from()));
      statement.setArray(
          3, connection.createArrayOf("int8", marks.stream().map(Mark::id).toArray()));
      statement.setInt(4, level.ordinal());
      int gone = statement.executeUpdate();
      if (gone != marks.size()) {
        throw new IllegalStateException(
            "%d marks were taken and %d were there: there are two workers"
                .formatted(marks.size(), gone));
      }
    }
  }

  /** The buckets computed so far, each once its last sample or part has come. */
  private final class Collected {

    private final List<Of> done = new ArrayList<>();
    private @Nullable RollupFold fold;
    private int tagId;
    private int number;

    RollupFold at(int tag, long micros) {
      int wanted = level.numberOf(micros);
      RollupFold current = fold;
      if (current == null || tag != tagId || wanted != number) {
        end();
        current = new RollupFold(level.bucket(wanted));
        fold = current;
        tagId = tag;
        number = wanted;
      }
      return current;
    }

    private void end() {
      if (fold != null) {
        done.add(new Of(tagId, fold.result()));
      }
    }

    List<Of> all() {
      end();
      fold = null;
      return done;
    }
  }
}
