package io.linewright.ingest.app.rollup;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.rollup.BucketRange;
import io.linewright.ingest.rollup.Level;
import io.linewright.kit.fault.FaultPoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Divides marks of ranges into marks of those days in which there is anything of the tag: samples,
 * corrections of single values, or roll-ups. In other days no bucket can be out of date; whoever
 * stores a sample there later than this snapshot brings a mark of its own, and what was said of the
 * range is seen when that one is computed. So a range of a hundred years costs a row, and one of
 * the future waits for nothing.
 *
 * <p>Each call is one transaction with one snapshot, of one tag, and bounded.
 */
final class RangeMarks {

  /** Most marks that are divided at once. */
  private static final int MARKS = 5_000;

  /** Most days that are looked at in one transaction. */
  private static final int DAYS = 500;

  private static final String TAKE =
      """
      /* read */ SELECT d.tag_id, d.from_bucket, d.to_bucket, d.id,
        (SELECT k.raw_from FROM raw_retained k WHERE k.tag_id = d.tag_id)
      FROM rollup_dirty d
      WHERE d.epoch < 0 AND d.tag_id = (SELECT min(f.tag_id) FROM rollup_dirty f WHERE f.epoch < 0)
      ORDER BY d.from_bucket, d.id LIMIT ?
      """;

  private static final String TAKE_AWAY =
      """
      /* read */ DELETE FROM rollup_dirty d USING unnest(?::int[], ?::bigint[]) AS m (f, id)
      WHERE d.level = 0 AND d.tag_id = ? AND d.from_bucket = m.f AND d.id = m.id
      """;

  private static final String ADD = "/* read */ " + DirtyMarks.ADD;

  private static final String HAS_SAMPLES =
      """
      /* read */ SELECT EXISTS (SELECT FROM sample WHERE tag_id = %d
        AND source_time >= '%s'::timestamptz AND source_time < '%s'::timestamptz)
      """;

  private static final String OTHERS =
      """
      /* read */ SELECT floor(extract(epoch FROM source_time) / 86400)::int FROM correction
      WHERE tag_id = %1$d AND end_time IS NULL
        AND source_time >= '%2$s'::timestamptz AND source_time < '%3$s'::timestamptz
      UNION
      SELECT floor(extract(epoch FROM start) / 86400)::int FROM rollup_day
      WHERE tag_id = %1$d AND start >= '%2$s'::timestamptz AND start < '%3$s'::timestamptz
      """;

  /**
   * Marks of one tag.
   *
   * @param ranges what they cover, ascending, each minute once
   * @param keptFrom samples before it have gone by retention; null: none
   */
  private record Marks(
      int tagId, List<BucketRange> ranges, int[] from, Long[] ids, @Nullable Long keptFrom) {}

  private final Connection connection;
  private final SampleTable samples;
  private final FaultPoints faults;

  /**
   * @param connection not in auto-commit mode, REPEATABLE READ, no transaction begun; of the one
   *     worker
   */
  RangeMarks(Connection connection, SampleTable samples, FaultPoints faults) {
    this.connection = connection;
    this.samples = samples;
    this.faults = faults;
  }

  /** Divides some; false if there are none. */
  boolean divide() throws SQLException {
    Marks marks = take();
    if (marks == null) {
      connection.rollback();
      return false;
    }
    NavigableMap<Integer, BucketRange> byBegin = new TreeMap<>();
    marks.ranges().forEach(range -> byBegin.put(range.from(), range));
    Set<Integer> others = others(marks);
    SortedSet<Integer> wanted = new TreeSet<>(others);
    for (LocalDate day : samples.days(connection)) {
      wanted.add(Math.toIntExact(day.toEpochDay()));
    }
    List<Integer> days =
        wanted.stream()
            .filter(day -> !gone(marks, day) && !within(byBegin, day).isEmpty())
            .toList();
    List<BucketRange> divided = new ArrayList<>();
    for (int day : days.subList(0, Math.min(DAYS, days.size()))) {
      if (others.contains(day) || hasSamples(marks.tagId(), day)) {
        divided.addAll(within(byBegin, day));
      }
    }
    add(divided, DirtyMarks.NO_EPOCH);
    if (days.size() > DAYS) {
      add(from(marks.ranges(), days.get(DAYS)), DirtyMarks.RANGE);
    }
    takeAway(marks);
    faults.reached("rollup-before-commit");
    connection.commit();
    return true;
  }

  private @Nullable Marks take() throws SQLException {
    List<BucketRange> ranges = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    Long keptFrom = null;
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setInt(1, MARKS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ranges.add(new BucketRange(row.getInt(1), row.getInt(2), row.getInt(3)));
          ids.add(row.getLong(4));
          keptFrom = row.getObject(5) == null ? null : SampleRead.micros(row, 5);
        }
      }
    }
    return ranges.isEmpty()
        ? null
        : new Marks(
            ranges.getFirst().tagId(),
            BucketRange.merged(ranges),
            ranges.stream().mapToInt(BucketRange::from).toArray(),
            ids.toArray(new Long[0]),
            keptFrom);
  }

  /** Retention goes by days. */
  private static boolean gone(Marks marks, int day) {
    Long keptFrom = marks.keptFrom();
    return keptFrom != null && Level.DAY.startOf(day) < keptFrom;
  }

  /** What the ranges cover of a day. */
  private static List<BucketRange> within(NavigableMap<Integer, BucketRange> byBegin, int day) {
    int begin = firstMinute(day);
    int end = firstMinute(day + 1);
    Integer before = byBegin.floorKey(begin);
    List<BucketRange> parts = new ArrayList<>();
    for (BucketRange range : byBegin.subMap(before == null ? begin : before, end).values()) {
      if (range.to() > begin) {
        int from = Math.max(begin, range.from());
        parts.add(new BucketRange(range.tagId(), from, Math.min(end, range.to())));
      }
    }
    return parts;
  }

  /** What the ranges cover from a day on. */
  private static List<BucketRange> from(List<BucketRange> ranges, int day) {
    int begin = firstMinute(day);
    return ranges.stream()
        .filter(range -> range.to() > begin)
        .map(range -> new BucketRange(range.tagId(), Math.max(begin, range.from()), range.to()))
        .toList();
  }

  private static int firstMinute(int day) {
    return Level.MINUTE.numberOf(Level.DAY.startOf(day));
  }

  /** Days with corrections of single values or with roll-ups, besides others. */
  private Set<Integer> others(Marks marks) throws SQLException {
    int first = Level.DAY.numberOf(Level.MINUTE.startOf(marks.ranges().getFirst().from()));
    String sql =
        OTHERS.formatted(
            marks.tagId(),
            RollupRows.time(Level.DAY.startOf(first)),
            RollupRows.time(Level.MINUTE.startOf(marks.ranges().getLast().to())));
    Set<Integer> days = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        days.add(row.getInt(1));
      }
    }
    return days;
  }

  /** The day stands in the text, so that only its partition is locked. */
  private boolean hasSamples(int tagId, int day) throws SQLException {
    String sql =
        HAS_SAMPLES.formatted(
            tagId,
            RollupRows.time(Level.DAY.startOf(day)),
            RollupRows.time(Level.DAY.startOf(day + 1)));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void add(List<BucketRange> ranges, long epoch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setLong(1, epoch);
      RangeArrays.of(ranges).bind(statement, 2);
      statement.executeUpdate();
    }
  }

  private void takeAway(Marks marks) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_AWAY)) {
      statement.setArray(1, RangeArrays.array(statement, marks.from()));
      statement.setArray(2, connection.createArrayOf("int8", marks.ids()));
      statement.setInt(3, marks.tagId());
      statement.executeUpdate();
    }
  }
}
