package io.linewright.kit.timeseries;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A hypertable with chunks of one day, which TimescaleDB makes by itself. */
public final class Timescale implements SeriesStorage {

  static final String FLAVOUR = "timescale";

  /** Nothing here stores a value: who waits for those who do need not wait for this. */
  private static final String READ = "/* read */ ";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Lock not available, deadlock, and what a chunk says to which values come meanwhile. */
  private static final Set<String> BUSY = Set.of(LOCK_NOT_AVAILABLE, "40P01", "40001");

  private static final String IS_ALLOWED =
      """
      /* read */ SELECT compression_enabled FROM timescaledb_information.hypertables
      WHERE hypertable_schema = current_schema() AND hypertable_name = ?
      """;
  private static final String CHUNKS =
      """
      /* read */ SELECT (range_start AT TIME ZONE 'UTC')::date FROM timescaledb_information.chunks
      WHERE hypertable_schema = current_schema() AND hypertable_name = ? ORDER BY range_start
      """;

  /** Bit 8 of the status: rows came after it was compressed. */
  private static final String UNCOMPRESSED =
      """
      /* read */ SELECT (i.range_start AT TIME ZONE 'UTC')::date, format('%I.%I', i.chunk_schema, i.chunk_name)
      FROM timescaledb_information.chunks i
      JOIN _timescaledb_catalog.chunk c
        ON c.schema_name = i.chunk_schema AND c.table_name = i.chunk_name
      WHERE i.hypertable_schema = current_schema() AND i.hypertable_name = ?
        AND (NOT i.is_compressed OR c.status & 8 > 0)
        AND i.range_end <= ?::date::timestamp AT TIME ZONE 'UTC'
      ORDER BY i.range_start
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
            READ
                + "SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'timescaledb'")) {
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
      statement.execute(READ + "SET lock_timeout = '2s'");
      try (ResultSet row =
          statement.executeQuery(
              "/* read */ SELECT count(*) FROM %s.drop_chunks('%s', older_than => '%s 00:00:00+00'::timestamptz)"
                  .formatted(schemaOf(statement), table.name(), days.getLast().plusDays(1)))) {
        return row.next() ? row.getInt(1) : 0;
      } catch (SQLException failed) {
        if (!LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
          throw failed;
        }
        return 0;
      } finally {
        statement.execute(READ + "RESET lock_timeout");
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

  @Override
  public List<LocalDate> uncompressed(Connection connection, SeriesTable table, LocalDate before)
      throws SQLException {
    return names(connection, table, before).keySet().stream().toList();
  }

  private static Map<LocalDate, String> names(
      Connection connection, SeriesTable table, LocalDate before) throws SQLException {
    Map<LocalDate, String> names = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(UNCOMPRESSED)) {
      statement.setString(1, table.name());
      statement.setObject(2, before);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          names.put(row.getObject(1, LocalDate.class), row.getString(2));
        }
      }
    }
    return names;
  }

  @Override
  public boolean compress(
      Connection connection, SeriesTable table, LocalDate day, String series, String order)
      throws SQLException {
    String name = names(connection, table, day.plusDays(1)).get(day);
    if (name == null) {
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(READ + "SET lock_timeout = '10s'");
      try {
        allowCompression(connection, table, series, order);
        statement.execute(
            "/* read */ SELECT %s.compress_chunk('%s'::regclass)"
                .formatted(schemaOf(statement), name));
        return true;
      } catch (SQLException failed) {
        if (!BUSY.contains(String.valueOf(failed.getSQLState()))) {
          throw failed;
        }
        return false;
      } finally {
        statement.execute(READ + "RESET lock_timeout");
      }
    }
  }

  /** Once: it locks the table. */
  private static void allowCompression(
      Connection connection, SeriesTable table, String series, String order) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_ALLOWED)) {
      statement.setString(1, table.name());
      try (ResultSet row = statement.executeQuery()) {
        if (row.next() && row.getBoolean(1)) {
          return;
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          ("/* read */ ALTER TABLE %s SET (timescaledb.compress, timescaledb.compress_segmentby = '%s',"
                  + " timescaledb.compress_orderby = '%s')")
              .formatted(table.name(), series, order));
    }
  }

  @Override
  public Size size(Connection connection, SeriesTable table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String in = schemaOf(statement);
      try (ResultSet row =
          statement.executeQuery(
              "/* read */ SELECT %s.hypertable_size('%s'), %s.approximate_row_count('%s')"
                  .formatted(in, table.name(), in, table.name()))) {
        row.next();
        return new Size(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** Nothing to do: the first value of a day makes its chunk, and batches are small. */
  @Override
  public void ensureChunks(Connection connection, SeriesTable table, Collection<LocalDate> days) {}
}
