package io.linewright.kit.timeseries;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.TreeSet;

/** Range partitions of one day each, made on demand. */
public final class PlainPostgres implements SeriesStorage {

  static final String FLAVOUR = "plain";

  PlainPostgres() {}

  @Override
  public String flavour() {
    return FLAVOUR;
  }

  @Override
  public void create(Connection connection, SeriesTable table) throws SQLException {
    execute(
        connection,
        "CREATE TABLE %s (%s) PARTITION BY RANGE (%s)"
            .formatted(table.name(), table.columns(), table.timeColumn()));
  }

  /**
   * A partition is created beside the table and attached then: that takes a lock which lets readers
   * and writers pass, while {@code CREATE … PARTITION OF} would wait for all of them.
   */
  @Override
  public void ensureChunks(Connection connection, SeriesTable table, Collection<LocalDate> days)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      for (LocalDate day : new TreeSet<>(days)) {
        ensure(connection, table, day);
        connection.commit();
      }
    } catch (SQLException failed) {
      connection.rollback();
      throw failed;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private static void ensure(Connection connection, SeriesTable table, LocalDate day)
      throws SQLException {
    String partition = table.name() + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    if (exists(connection, partition)) {
      return;
    }
    execute(
        connection,
        "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.%s', 0))"
            .formatted(table.name()));
    if (exists(connection, partition)) {
      return;
    }
    execute(
        connection, "CREATE TABLE %s (LIKE %s INCLUDING ALL)".formatted(partition, table.name()));
    execute(
        connection,
        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s 00:00:00+00') TO ('%s 00:00:00+00')"
            .formatted(table.name(), partition, day, day.plusDays(1)));
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
