package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.rollup.RollupRows;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.rollup.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same as roll-ups by a plain GROUP BY over samples, in SQL alone: it shares with what computes
 * roll-ups only the function that says which samples count, and not even that if they are given.
 * Sums may differ in their last digits, as their order does; those of numbers beyond 1e100, or
 * below 1e-100, are not compared: PostgreSQL refuses their squares.
 */
final class GroupBy {

  /** Begin of each bucket that differs, what is expected and what is kept, both as text. */
  private static final String COMPARE =
      """
      /* read */ WITH expected AS (
        SELECT start,
          count(*) FILTER (WHERE status BETWEEN 0 AND 1073741823)::int AS good,
          count(*) FILTER (WHERE status > 1073741823)::int AS uncertain,
          count(*) FILTER (WHERE status < 0)::int AS bad,
          count(usable)::int AS numbers,
          coalesce(sum(plain), 0) AS sum,
          coalesce(sum(plain * plain), 0) AS sum_squares,
          min(usable) AS minimum,
          (array_agg(source_time ORDER BY usable, source_time) FILTER (WHERE usable IS NOT NULL))[1] AS minimum_time,
          max(usable) AS maximum,
          (array_agg(source_time ORDER BY usable DESC, source_time) FILTER (WHERE usable IS NOT NULL))[1] AS maximum_time,
          min(source_time) AS first_time,
          (array_agg(status ORDER BY source_time, ordinal))[1] AS first_status,
          (array_agg(finite ORDER BY source_time, ordinal))[1] AS first_value,
          max(source_time) AS last_time,
          (array_agg(status ORDER BY source_time DESC, ordinal DESC))[1] AS last_status,
          (array_agg(finite ORDER BY source_time DESC, ordinal DESC))[1] AS last_value,
          coalesce(sum(plain * held / 1e6), 0) AS integral,
          coalesce(sum(held) FILTER (WHERE usable IS NOT NULL), 0)::bigint AS integral_micros,
          coalesce(sum(held) FILTER (WHERE status BETWEEN 0 AND 1073741823), 0)::bigint AS good_micros,
          coalesce(sum(held) FILTER (WHERE status > 1073741823), 0)::bigint AS uncertain_micros,
          coalesce(sum(held) FILTER (WHERE status < 0), 0)::bigint AS bad_micros,
          bool_or(abs(usable) >= 1e100 OR (abs(usable) <= 1e-100 AND usable <> 0)) AS extreme
        FROM (
          SELECT *, CASE WHEN usable = 0 OR (abs(usable) < 1e100 AND abs(usable) > 1e-100) THEN usable END AS plain,
            (extract(epoch FROM lead(source_time, 1, start + '1 %1$s'::interval)
              OVER (PARTITION BY start ORDER BY source_time, ordinal) - source_time) * 1000000)::bigint AS held
          FROM (
            SELECT *, CASE WHEN status >= 0 THEN finite END AS usable
            FROM (
              SELECT *, CASE WHEN x > '-Infinity' AND x < 'Infinity' THEN x END AS finite
              FROM (
                SELECT source_time, ordinal, status, date_trunc('%1$s', source_time, 'UTC') AS start,
                  coalesce(number, integer::float8, bool::int::float8) AS x
                FROM %2$s AS stored) numbered) finite_ones) usable_ones) held_ones
        GROUP BY start
      ), kept AS (
        SELECT * FROM rollup_%1$s WHERE tag_id = %3$d AND start >= '%4$s'::timestamptz AND start < '%5$s'::timestamptz
      )
      SELECT start, (e.*)::text, (k.*)::text FROM expected e FULL JOIN kept k USING (start)
      WHERE (e.good, e.uncertain, e.bad, e.numbers, e.minimum, e.minimum_time, e.maximum, e.maximum_time,
          e.first_time, e.first_status, e.first_value, e.last_time, e.last_status, e.last_value,
          e.integral_micros, e.good_micros, e.uncertain_micros, e.bad_micros)
        IS DISTINCT FROM (k.good, k.uncertain, k.bad, k.numbers, k.minimum, k.minimum_time, k.maximum, k.maximum_time,
          k.first_time, k.first_status, k.first_value, k.last_time, k.last_status, k.last_value,
          k.integral_micros, k.good_micros, k.uncertain_micros, k.bad_micros)
        OR (e.extreme IS NOT TRUE AND (
          abs(e.sum - k.sum) > 1e-9 * sqrt(e.numbers * e.sum_squares)
          OR abs(e.sum_squares - k.sum_squares) > 1e-9 * e.sum_squares
          OR abs(e.integral - k.integral)
            > 1e-9 * greatest(abs(e.minimum), abs(e.maximum)) * e.integral_micros / 1e6))
      ORDER BY start LIMIT 1000
      """;

  /**
   * A bucket whose roll-up is not what its samples amount to.
   *
   * @param startMicros its begin, microseconds since the epoch
   * @param expected by its samples; null: it has none
   * @param kept the roll-up; null: it has none
   */
  record Difference(long startMicros, @Nullable String expected, @Nullable String kept) {}

  private GroupBy() {}

  /**
   * Compares the buckets of a stretch of time of one tag, in the snapshot of one statement.
   *
   * @param fromMicros begin of a bucket, microseconds since the epoch
   * @param toMicros end of a bucket, later
   * @return what differs, ascending, at most 1,000
   */
  static List<Difference> compare(
      Connection connection, int tagId, Level level, long fromMicros, long toMicros)
      throws SQLException {
    String samples =
        RollupRows.samples(
            Integer.toString(tagId),
            "'%s'::timestamptz".formatted(RollupRows.time(fromMicros)),
            "'%s'::timestamptz".formatted(RollupRows.time(toMicros)));
    return compare(connection, samples, tagId, level, fromMicros, toMicros);
  }

  /**
   * The same with samples that are given.
   *
   * @param samples those of the tag that count in that stretch of time, with the columns of table
   *     {@code sample}; in SQL
   */
  static List<Difference> compare(
      Connection connection, String samples, int tagId, Level level, long fromMicros, long toMicros)
      throws SQLException {
    String from = RollupRows.time(fromMicros);
    String to = RollupRows.time(toMicros);
    String unit = RollupRows.table(level).substring("rollup_".length());
    List<Difference> differences = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(COMPARE.formatted(unit, samples, tagId, from, to));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        differences.add(
            new Difference(SampleRead.micros(row, 1), row.getString(2), row.getString(3)));
      }
    }
    return differences;
  }
}
