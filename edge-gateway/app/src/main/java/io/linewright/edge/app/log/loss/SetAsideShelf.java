package io.linewright.edge.app.log.loss;

import io.linewright.model.telemetry.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Records that could not be sent, with their bytes, so that a person can look at them. Bounded: the
 * oldest go when there are too many or too large ones.
 */
public final class SetAsideShelf {

  /** Most records kept. */
  public static final int MAX_RECORDS = 100;

  /** Most bytes of payload kept. */
  public static final long MAX_BYTES = 16L << 20;

  private SetAsideShelf() {}

  /** Copies a record onto the shelf, with the reason; false if it is not in the log. */
  public static boolean put(Connection connection, Lane lane, long position, String reason)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO set_aside
              (lane, position, device, kind, samples, first_source, last_source, gateway, reason,
               payload)
            SELECT lane, position, device, kind, samples, first_source, last_source, gateway, ?,
              payload FROM record WHERE lane = ? AND position = ?""")) {
      insert.setString(1, reason);
      insert.setInt(2, lane.ordinal());
      insert.setLong(3, position);
      if (insert.executeUpdate() == 0) {
        return false;
      }
    }
    bound(connection);
    return true;
  }

  private static void bound(Connection connection) throws SQLException {
    String sql =
        """
        DELETE FROM set_aside WHERE number NOT IN (
          SELECT number FROM (
            SELECT number, row_number() OVER newest AS place,
              sum(length(payload)) OVER newest AS bytes
            FROM set_aside WINDOW newest AS (ORDER BY number DESC))
          WHERE place <= ? AND bytes <= ?)""";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, MAX_RECORDS);
      delete.setLong(2, MAX_BYTES);
      delete.executeUpdate();
    }
  }

  /** How many records are kept. */
  public static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM set_aside")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
