package io.linewright.kit.timeseries;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * The statements in which plain PostgreSQL and TimescaleDB differ. Which one a database uses is
 * fixed at its first migration and stored in the database.
 */
public sealed interface SeriesStorage permits PlainPostgres, Timescale {

  /** Name under which the choice is stored. */
  String flavour();

  /** Creates the table, without any chunk. */
  void create(Connection connection, SeriesTable table) throws SQLException;

  /**
   * Makes room for values of these days (UTC). May be called by several processes at once, and
   * again for days that exist; locks no reader or writer out.
   */
  void ensureChunks(Connection connection, SeriesTable table, Collection<LocalDate> days)
      throws SQLException;

  /**
   * Drops whole days (UTC) of values, the oldest first. What somebody is reading just now is left
   * for the next time.
   *
   * @param connection in auto-commit mode
   * @param first the first day that is kept
   * @param most most days that are dropped
   * @return how many were
   */
  int dropBefore(Connection connection, SeriesTable table, LocalDate first, int most)
      throws SQLException;

  /**
   * The chunks that there are.
   *
   * @return their days, ascending
   */
  List<LocalDate> days(Connection connection, SeriesTable table) throws SQLException;

  /**
   * The chunks before a day that could be compressed, or compressed anew since values came.
   *
   * @param before the first day that is left alone
   * @return their days, ascending; none if nothing can be compressed
   */
  List<LocalDate> uncompressed(Connection connection, SeriesTable table, LocalDate before)
      throws SQLException;

  /**
   * Compresses a chunk. Nobody may read it in a snapshot that was taken before: it would see too
   * few values (decision 0020). Who adds values to it waits.
   *
   * @param connection in auto-commit mode, without time limit
   * @param series column whose values are kept apart
   * @param order columns by which values are ordered, the key without {@code series}
   * @return false if somebody else uses the chunk
   */
  boolean compress(
      Connection connection, SeriesTable table, LocalDate day, String series, String order)
      throws SQLException;

  /**
   * What a table takes.
   *
   * @param bytes with indexes and what is compressed
   * @param rows estimate of the database
   */
  record Size(long bytes, long rows) {}

  /** What a table takes, all its chunks together. */
  Size size(Connection connection, SeriesTable table) throws SQLException;

  /**
   * The storage for a new database.
   *
   * @param useTimescale {@code auto}: TimescaleDB if the server offers it, otherwise plain
   *     PostgreSQL; {@code off}: plain PostgreSQL
   */
  static SeriesStorage choose(Connection connection, String useTimescale) throws SQLException {
    if (useTimescale.equals("off")) {
      return new PlainPostgres();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb'")) {
      return row.next() ? new Timescale() : new PlainPostgres();
    }
  }

  /**
   * The storage that was chosen before.
   *
   * @throws IllegalArgumentException if this version knows no such flavour
   */
  static SeriesStorage of(String flavour) {
    return switch (flavour) {
      case PlainPostgres.FLAVOUR -> new PlainPostgres();
      case Timescale.FLAVOUR -> new Timescale();
      default -> throw new IllegalArgumentException("unknown series storage '" + flavour + "'");
    };
  }
}
