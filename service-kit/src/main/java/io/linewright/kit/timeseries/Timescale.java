package io.linewright.kit.timeseries;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A hypertable with chunks of one day, which TimescaleDB makes by itself. */
public final class Timescale implements SeriesStorage {

  static final String FLAVOUR = "timescale";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String CHUNKS =
      """
      SELECT (range_start AT TIME ZONE 'UTC')::date FROM timescaledb_information.chunks
      WHERE hypertable_schema = current_schema() AND hypertable_name = ? ORDER BY range_start
      """;

  Timescale() {}

  @Override
  public String flavour() {
    return FLAVOUR;
  }

  @Override
  public void create(Connection connection, SeriesTable table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS timescaledb");
      statement.execute("CREATE TABLE %s (%s)".formatted(table.name(), table.columns()));
      String in = schemaOf(statement);
      statement.execute(
          "SELECT %s.create_hypertable('%s', %s.by_range('%s', INTERVAL '1 day'), create_default_indexes => false)"
              .formatted(in, table.name(), in, table.timeColumn()));
    }
  }

  /** The extension's functions are in the schema it was created in, not in that of the service. */
  private static String schemaOf(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'timescaledb'")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public int dropBefore(Connection connection, SeriesTable table, LocalDate first, int most)
      throws SQLException {
    List<LocalDate> days =
        days(connection, table).stream().filter(day -> day.isBefore(first)).limit(most).toList();
    if (days.isEmpty()) {
      return 0;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '2s'");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT count(*) FROM %s.drop_chunks('%s', older_than => '%s 00:00:00+00'::timestamptz)"
                  .formatted(schemaOf(statement), table.name(), days.getLast().plusDays(1)))) {
        return row.next() ? row.getInt(1) : 0;
      } catch (SQLException failed) {
        if (!LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
          throw failed;
        }
        return 0;
      } finally {
        statement.execute("RESET lock_timeout");
      }
    }
  }

  @Override
  public List<LocalDate> days(Connection connection, SeriesTable table) throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(CHUNKS)) {
      statement.setString(1, table.name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          days.add(row.getObject(1, LocalDate.class));
        }
      }
    }
    return days;
  }

  /** Nothing to do: the first value of a day makes its chunk, and batches are small. */
  @Override
  public void ensureChunks(Connection connection, SeriesTable table, Collection<LocalDate> days) {}
}
