package io.linewright.edge.app.log;

import io.linewright.edge.log.PriorityClass;
import io.linewright.model.telemetry.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads records. */
final class LogReader {

  private LogReader() {}

  /** Records behind a position, oldest first, until a number of records or bytes is reached. */
  static List<LogRecord.Stored> read(
      Connection connection, Lane lane, long after, int limit, long maxBytes) throws SQLException {
    List<LogRecord.Stored> records = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM record WHERE lane = ? AND position > ? ORDER BY position LIMIT ?")) {
      select.setInt(1, lane.ordinal());
      select.setLong(2, after);
      select.setInt(3, limit);
      long bytes = 0;
      try (ResultSet row = select.executeQuery()) {
        while (bytes < maxBytes && row.next()) {
          LogRecord.Stored record = stored(row);
          bytes += record.content().payload().length;
          records.add(record);
        }
      }
    }
    return records;
  }

  /** The record at a position; empty if there is none. */
  static List<LogRecord.Stored> at(Connection connection, Lane lane, long position)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM record WHERE lane = ? AND position = ?")) {
      select.setInt(1, lane.ordinal());
      select.setLong(2, position);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? List.of(stored(row)) : List.of();
      }
    }
  }

  /**
   * Hands out the newest sample of each tag as of the last housekeeping, then every record since.
   *
   * @return samples in the records since
   */
  static long replay(LogFile file, Consumer<byte[]> visitor) throws SQLException {
    lastSamples(file.writer(), visitor);
    long since = 0;
    for (LogRecord.Stored record :
        tail(
            file.writer(),
            file.statements().get("appended_live"),
            file.statements().get("appended_backfill"))) {
      since += record.content().samples();
      if (record.content().kind() == LogRecord.Kind.SAMPLES) {
        visitor.accept(record.content().payload());
      }
    }
    return since;
  }

  /** Payloads of the newest sample per tag as of the last housekeeping. */
  private static void lastSamples(Connection connection, Consumer<byte[]> visitor)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT payload FROM last_sample")) {
      while (row.next()) {
        visitor.accept(row.getBytes(1));
      }
    }
  }

  /** Records of both lanes behind two positions, in the order in which they were stored. */
  private static List<LogRecord.Stored> tail(Connection connection, long live, long backfill)
      throws SQLException {
    record Entry(long number, LogRecord.Stored record) {}
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM record WHERE lane = 0 AND position > ? UNION ALL"
                + " SELECT * FROM record WHERE lane = 1 AND position > ?")) {
      select.setLong(1, live);
      select.setLong(2, backfill);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(new Entry(row.getLong("entry"), stored(row)));
        }
      }
    }
    return entries.stream()
        .sorted(Comparator.comparingLong(Entry::number))
        .map(Entry::record)
        .toList();
  }

  /** Oldest source time per device among the records of the backlog. */
  static Map<String, Long> oldestBacklog(Connection connection) throws SQLException {
    Map<String, Long> oldest = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT device, min(first_source) FROM record WHERE lane = 1 GROUP BY device")) {
      while (row.next()) {
        oldest.put(row.getString(1), row.getLong(2));
      }
    }
    return oldest;
  }

  /** The same for some devices, each by one look at the index. */
  private static Map<String, Long> oldestBacklogOf(Connection connection, Set<String> devices)
      throws SQLException {
    Map<String, Long> oldest = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT min(first_source) FROM record WHERE lane = 1 AND device = ?")) {
      for (String device : devices) {
        select.setString(1, device);
        try (ResultSet row = select.executeQuery()) {
          long first = row.next() ? row.getLong(1) : 0;
          if (!row.wasNull()) {
            oldest.put(device, first);
          }
        }
      }
    }
    return oldest;
  }

  /** Looks at the backlog: how old it is, and up to where each of its devices is complete. */
  static void seeBacklog(Connection connection, LanePositions positions) throws SQLException {
    long backlog = positions.unconfirmed(Lane.BACKFILL);
    if (backlog == 0) {
      positions.seeBacklog(Long.MAX_VALUE, Map.of());
      return;
    }
    long oldest =
        number(
            connection,
            "SELECT gateway FROM record WHERE lane = 1 AND position > ? ORDER BY position LIMIT 1",
            positions.released(Lane.BACKFILL));
    Set<String> devices = positions.devicesWithBacklog();
    positions.seeBacklog(
        oldest,
        devices.isEmpty() ? oldestBacklog(connection) : oldestBacklogOf(connection, devices));
  }

  static long number(Connection connection, String sql, long argument) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, argument);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static LogRecord.Stored stored(ResultSet row) throws SQLException {
    LogRecord content =
        new LogRecord(
            row.getString(4),
            LogRecord.Kind.values()[row.getInt(5)],
            row.getInt(6),
            row.getLong(7),
            row.getLong(8),
            row.getBytes(10),
            PriorityClass.values()[row.getInt(11)],
            complete(row));
    return new LogRecord.Stored(row.getLong(2), row.getLong(9), content);
  }

  private static long complete(ResultSet row) throws SQLException {
    long micros = row.getLong(12);
    return row.wasNull() ? LogRecord.LAST_OF_GROUP : micros;
  }
}
