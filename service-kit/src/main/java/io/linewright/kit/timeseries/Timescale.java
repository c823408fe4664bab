package io.linewright.kit.timeseries;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;

/** A hypertable with chunks of one day, which TimescaleDB makes by itself. */
public final class Timescale implements SeriesStorage {

  static final String FLAVOUR = "timescale";

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

  /** Nothing to do: the first value of a day makes its chunk, and batches are small. */
  @Override
  public void ensureChunks(Connection connection, SeriesTable table, Collection<LocalDate> days) {}
}
