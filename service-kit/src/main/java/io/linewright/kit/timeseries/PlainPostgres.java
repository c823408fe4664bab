package io.linewright.kit.timeseries;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Range partitions of one day each, made on demand. */
public final class PlainPostgres implements SeriesStorage {

  static final String FLAVOUR = "plain";

  /** Nothing here stores a value: who waits for those who do need not wait for this. */
  private static final String READ = "/* read */ ";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String PARTITIONS =
      """
      /* read */ SELECT c.relname, i.inhrelid IS NOT NULL, coalesce(i.inhdetachpending, false)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
      WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname ~ ?
      ORDER BY c.relname
      """;

  /** Partitions are children of their table. */
  private static final String SIZE =
      """
      /* read */ SELECT sum(pg_total_relation_size(c.oid))::bigint, sum(greatest(c.reltuples, 0))::bigint
      FROM pg_class c WHERE c.oid = ?::regclass
        OR c.oid IN (SELECT i.inhrelid FROM pg_inherits i WHERE i.inhparent = ?::regclass)
      """;

  private record Partition(String name, LocalDate day, boolean attached, boolean pending) {}

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

  /**
   * A partition is detached without locking the table for others, then dropped. If that is cut off
   * in between, the rest is done the next time: hence the look for tables that belong to no other.
   */
  @Override
  public int dropBefore(Connection connection, SeriesTable table, LocalDate first, int most)
      throws SQLException {
    int dropped = 0;
    execute(connection, "SET lock_timeout = '2s'");
    try {
      for (Partition partition : partitions(connection, table)) {
        if (dropped == most || !partition.day().isBefore(first)) {
          break;
        }
        drop(connection, table, partition);
        dropped++;
      }
    } catch (SQLException failed) {
      if (!LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
        throw failed;
      }
    } finally {
      execute(connection, "RESET lock_timeout");
    }
    return dropped;
  }

  private static void drop(Connection connection, SeriesTable table, Partition partition)
      throws SQLException {
    String detach = "ALTER TABLE %s DETACH PARTITION %s %s";
    if (partition.pending()) {
      execute(connection, detach.formatted(table.name(), partition.name(), "FINALIZE"));
    } else if (partition.attached()) {
      execute(connection, detach.formatted(table.name(), partition.name(), "CONCURRENTLY"));
    }
    execute(connection, "DROP TABLE " + partition.name());
  }

  @Override
  public List<LocalDate> days(Connection connection, SeriesTable table) throws SQLException {
    return partitions(connection, table).stream()
        .filter(partition -> partition.attached() && !partition.pending())
        .map(Partition::day)
        .toList();
  }

  @Override
  public List<LocalDate> uncompressed(Connection connection, SeriesTable table, LocalDate before) {
    return List.of();
  }

  @Override
  public boolean compress(
      Connection connection, SeriesTable table, LocalDate day, String series, String order) {
    throw new UnsupportedOperationException("plain PostgreSQL does not compress chunks");
  }

  @Override
  public Size size(Connection connection, SeriesTable table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
      statement.setString(1, table.name());
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Size(row.getLong(1), row.getLong(2));
      }
    }
  }

  private static List<Partition> partitions(Connection connection, SeriesTable table)
      throws SQLException {
    List<Partition> partitions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(PARTITIONS)) {
      statement.setString(1, "^" + table.name() + "_[0-9]{8}$");
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String name = row.getString(1);
          LocalDate day =
              LocalDate.parse(
                  name.substring(table.name().length() + 1), DateTimeFormatter.BASIC_ISO_DATE);
          partitions.add(new Partition(name, day, row.getBoolean(2), row.getBoolean(3)));
        }
      }
    }
    return partitions;
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(READ + "SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(READ + sql);
    }
  }
}
