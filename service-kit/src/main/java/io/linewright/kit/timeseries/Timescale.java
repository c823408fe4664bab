package io.linewright.kit.timeseries;

import java.sql.Connection;
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
      statement.execute(
          "SELECT create_hypertable('%s', by_range('%s', INTERVAL '1 day'), create_default_indexes => false)"
              .formatted(table.name(), table.timeColumn()));
    }
  }

  /** Nothing to do: the first value of a day makes its chunk, and batches are small. */
  @Override
  public void ensureChunks(Connection connection, SeriesTable table, Collection<LocalDate> days) {}
}
