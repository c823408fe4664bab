package io.linewright.bench.measure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Time from source to stored, as the database itself remembers it: {@code
 * pg_xact_commit_timestamp(xmin) - source_time} for every row. The commit is what makes a row
 * stored; no clock of the platform is involved.
 *
 * @param rows rows measured
 * @param p50Millis median
 * @param p99Millis 99th percentile, nearest rank
 * @param maxMillis slowest row
 */
public record Latency(long rows, double p50Millis, double p99Millis, double maxMillis) {

  private static final String SQL =
      """
      SELECT count(*),
             coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY ms), 0),
             coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY ms), 0),
             coalesce(max(ms), 0)
      FROM (SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - source_time) * 1000 AS ms
            FROM ingest.sample
            WHERE source_time >= ? AND source_time < ? AND status >= 0 AND status < 1073741824) AS good
      """;

  private static final String COURSE =
      """
      SELECT CASE WHEN second < 10 THEN second ELSE second / 10 * 10 END AS begin, count(*),
             percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
             percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) AS p99
      FROM (SELECT floor(extract(epoch FROM source_time - ?::timestamptz))::int AS second,
                   extract(epoch FROM pg_xact_commit_timestamp(xmin) - source_time) * 1000 AS ms
            FROM ingest.sample
            WHERE source_time >= ? AND source_time < ? AND status >= 0 AND status < 1073741824) AS good
      GROUP BY 1 ORDER BY 1
      """;

  /** The first ten seconds one by one, the others by ten: to tell the warm-up from the rest. */
  public static List<String> course(
      String url, String user, String password, Instant from, Instant to) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement statement = connection.prepareStatement(COURSE)) {
      statement.setObject(1, from.atOffset(ZoneOffset.UTC));
      statement.setObject(2, from.atOffset(ZoneOffset.UTC));
      statement.setObject(3, to.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          lines.add(
              "from second %3d: %,9d values, p50 %5.0f ms, p99 %5.0f ms"
                  .formatted(row.getInt(1), row.getLong(2), row.getDouble(3), row.getDouble(4)));
        }
      }
    }
    return lines;
  }

  /**
   * Measures Good rows with a source time in the range.
   *
   * @throws SQLException if the database cannot be read, or keeps no commit times ({@code
   *     track_commit_timestamp})
   */
  public static Latency measure(String url, String user, String password, Instant from, Instant to)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setObject(1, from.atOffset(ZoneOffset.UTC));
      statement.setObject(2, to.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Latency(row.getLong(1), row.getDouble(2), row.getDouble(3), row.getDouble(4));
      }
    }
  }
}
