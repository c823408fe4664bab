package io.linewright.ingest.app.rollup;

import io.linewright.ingest.rollup.BucketRange;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.ReadPlan.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says that samples have changed. Marks are added in the transaction that changes the samples; both
 * are then seen together or not at all.
 */
public final class DirtyMarks {

  /** Longest stretch of time that one call may mark: 100 years, a row per day. */
  static final long LONGEST_MICROS = 36_525 * Level.DAY.micros();

  /** The epoch of marks whose writer relies on no earlier mark. */
  static final long NO_EPOCH = 0;

  /** Stands in place of an epoch: the mark is to be divided before anything is computed. */
  static final long RANGE = -1;

  static final String ADD =
      """
      INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)
      SELECT 0, m.tag, m.from_bucket, m.to_bucket, ?
      FROM unnest(?::int[], ?::int[], ?::int[]) AS m (tag, from_bucket, to_bucket)
      """;

  private static final String MARKS =
      """
      /* read */ SELECT level, from_bucket, to_bucket FROM rollup_dirty
      WHERE level = ? AND tag_id = ? AND from_bucket < ? AND to_bucket > ?
      """;

  private DirtyMarks() {}

  /**
   * Marks all buckets that a stretch of time of a tag touches.
   *
   * @param connection in the transaction that changes the samples
   * @param tagId number of the tag
   * @param fromMicros begin, microseconds since the epoch
   * @param toMicros end, not included; later, at most 100 years
   * @throws IllegalArgumentException if the stretch is empty or longer
   */
  public static void mark(Connection connection, long tagId, long fromMicros, long toMicros)
      throws SQLException {
    if (toMicros <= fromMicros || toMicros - fromMicros > LONGEST_MICROS) {
      throw new IllegalArgumentException(
          "from %d to %d us cannot be marked: a stretch of time is not empty and at most 100 years"
              .formatted(fromMicros, toMicros));
    }
    int from = Level.MINUTE.numberOf(fromMicros);
    int to = Level.MINUTE.numberOf(toMicros - 1) + 1;
    add(connection, new BucketRange(Math.toIntExact(tagId), from, to).byDay(), NO_EPOCH);
  }

  /**
   * Marks a stretch of time of a tag, however long, in one row: the worker finds out in which of
   * its days there is something of the tag ({@link RangeMarks}). Whoever asks that in the
   * transaction that changes the samples could miss one that is just being stored.
   *
   * @param connection in the transaction that changes the samples
   * @param tagId number of the tag
   * @param fromMicros begin, microseconds since the epoch
   * @param toMicros end, not included; later
   * @throws IllegalArgumentException if the stretch is empty
   */
  public static void markRange(Connection connection, int tagId, long fromMicros, long toMicros)
      throws SQLException {
    if (toMicros <= fromMicros) {
      throw new IllegalArgumentException(
          "from %d to %d us cannot be marked: it is empty".formatted(fromMicros, toMicros));
    }
    int from = Level.MINUTE.numberOf(fromMicros);
    int to = Level.MINUTE.numberOf(toMicros - 1) + 1;
    add(connection, List.of(new BucketRange(tagId, from, to)), RANGE);
  }

  /** Adds marks of minutes; none but ranges goes over the end of a day. */
  static void add(Connection connection, List<BucketRange> ranges, long epoch) throws SQLException {
    if (ranges.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setLong(1, epoch);
      RangeArrays.of(ranges).bind(statement, 2);
      statement.executeUpdate();
    }
  }

  /**
   * The marks of a tag that touch a stretch of time, in the connection's snapshot.
   *
   * @param highest marks of this level and those below
   * @param from begin, microseconds since the epoch
   * @param to end, not included; later
   */
  public static List<Mark> of(Connection connection, int tagId, Level highest, long from, long to)
      throws SQLException {
    List<Mark> marks = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(MARKS)) {
      for (Level level : Level.values()) {
        if (level.compareTo(highest) > 0) {
          break;
        }
        statement.setInt(1, level.ordinal());
        statement.setInt(2, tagId);
        statement.setInt(3, level.numberOf(to - 1) + 1);
        statement.setInt(4, level.numberOf(from));
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            marks.add(new Mark(level, row.getInt(2), row.getInt(3)));
          }
        }
      }
    }
    return marks;
  }
}
