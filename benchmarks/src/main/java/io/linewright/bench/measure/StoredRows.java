package io.linewright.bench.measure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/** Counts stored rows, to see when a trip has come to rest. */
public final class StoredRows {

  private StoredRows() {}

  /** Rows with a source time in the range, of all tags. */
  public static long count(String url, String user, String password, Instant from, Instant to)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT count(*) FROM ingest.sample WHERE source_time >= ? AND source_time <= ?")) {
      statement.setObject(1, from.atOffset(ZoneOffset.UTC));
      statement.setObject(2, to.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
