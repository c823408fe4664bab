package io.linewright.bench.measure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compares the historian's roll-ups with a plain {@code GROUP BY} over the stored samples: each
 * width in one snapshot, all tags, every bucket that no mark calls out of date. A sample that was
 * counted twice stands in no table of samples twice, but here it shows. Written without the
 * service's code.
 */
public final class RollupCheck {

  /** Unit of {@code date_trunc}; its place is the level of the marks. */
  private static final List<String> UNITS = List.of("minute", "hour", "day");

  private static final List<Integer> SECONDS = List.of(60, 3_600, 86_400);

  private static final String COMPARE =
      """
      WITH kept AS (
        SELECT tag_id, start, good + uncertain + bad AS samples, numbers, sum, minimum, maximum,
               first_time, last_time
        FROM ingest.rollup_%1$s),
      counted AS (
        SELECT s.tag_id, date_trunc('%1$s', s.source_time, 'UTC') AS start, count(*) AS samples,
               count(s.value) AS numbers, sum(s.value) AS sum, min(s.value) AS minimum,
               max(s.value) AS maximum, min(s.source_time) AS first_time,
               max(s.source_time) AS last_time
        FROM (SELECT r.tag_id, r.source_time,
                     coalesce(r.number, r.integer::float8, r.bool::int::float8) AS value
              FROM ingest.sample r) s
        GROUP BY 1, 2)
      SELECT count(*), count(*) FILTER (WHERE
          k.samples IS DISTINCT FROM c.samples OR k.numbers IS DISTINCT FROM c.numbers
          OR abs(k.sum - c.sum) > 1e-9 * (1 + abs(c.sum))
          OR k.minimum IS DISTINCT FROM c.minimum OR k.maximum IS DISTINCT FROM c.maximum
          OR k.first_time IS DISTINCT FROM c.first_time OR k.last_time IS DISTINCT FROM c.last_time)
      FROM kept k FULL JOIN counted c ON k.tag_id = c.tag_id AND k.start = c.start
      WHERE %2$s
      """;

  /** A mark of a level touches the bucket of a level. */
  private static final String UNMARKED =
      """
      NOT EXISTS (SELECT FROM ingest.rollup_dirty d
        WHERE d.level = %1$d AND d.tag_id = coalesce(k.tag_id, c.tag_id)
          AND to_timestamp(d.from_bucket * %2$d::float8)
              < coalesce(k.start, c.start) + interval '%3$d seconds'
          AND to_timestamp(d.to_bucket * %2$d::float8) > coalesce(k.start, c.start))""";

  /**
   * What was found.
   *
   * @param compared buckets of all widths
   * @param wrong those that differ, are missing, or stand for samples that are not there
   */
  public record Verdict(long compared, long wrong) {}

  private RollupCheck() {}

  /** Compares everything that is up to date; no value may be Bad, all must be numbers. */
  public static Verdict compare(Connection connection) throws SQLException {
    long compared = 0;
    long wrong = 0;
    try (Statement statement = connection.createStatement()) {
      for (int level = 0; level < UNITS.size(); level++) {
        String sql = COMPARE.formatted(UNITS.get(level), unmarked(level));
        try (ResultSet row = statement.executeQuery(sql)) {
          row.next();
          compared += row.getLong(1);
          wrong += row.getLong(2);
        }
      }
    }
    return new Verdict(compared, wrong);
  }

  /** That no mark of this level or a lower one touches the bucket. */
  private static String unmarked(int level) {
    return IntStream.rangeClosed(0, level)
        .mapToObj(lower -> UNMARKED.formatted(lower, SECONDS.get(lower), SECONDS.get(level)))
        .collect(Collectors.joining(" AND "));
  }
}
