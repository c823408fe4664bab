package io.linewright.ingest.app.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Rows as CSV with a header, out of the database and into it: no value is nothing, an empty text is
 * {@code ""}. The same rows give the same bytes on every server.
 */
public final class CsvCopy {

  private CsvCopy() {}

  /** Settles for this transaction what the bytes depend on. */
  public static void settle(Statement statement) throws SQLException {
    statement.execute("/* read */ SET LOCAL TimeZone TO 'UTC'");
    statement.execute("/* read */ SET LOCAL DateStyle TO 'ISO, YMD'");
    statement.execute("/* read */ SET LOCAL extra_float_digits TO 1");
    statement.execute("/* read */ SET LOCAL bytea_output TO 'hex'");
  }

  /** Whether a query has any row. */
  public static boolean any(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("/* read */ SELECT EXISTS (" + query + ")")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /**
   * Writes the rows of a query.
   *
   * @return how many there are
   */
  public static long out(Connection connection, String query, OutputStream to)
      throws SQLException, IOException {
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("/* read */ COPY (" + query + ") TO STDOUT WITH (FORMAT csv, HEADER)", to);
  }

  /**
   * Adds rows to a table.
   *
   * @param columns names of the columns, as the header has them
   * @param rows what follows the header
   * @return how many there are
   */
  public static long in(Connection connection, String table, String columns, InputStream rows)
      throws SQLException, IOException {
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY %s (\"%s\") FROM STDIN WITH (FORMAT csv)"
                .formatted(table, columns.replace(",", "\",\"")),
            rows);
  }
}
