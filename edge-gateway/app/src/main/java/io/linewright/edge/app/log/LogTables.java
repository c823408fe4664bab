package io.linewright.edge.app.log;

import io.linewright.model.telemetry.Lane;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepared statements of the logging thread. Nothing here begins or ends a transaction. */
final class LogTables implements AutoCloseable {

  private final PreparedStatement getMeta;
  private final PreparedStatement setMeta;
  private final PreparedStatement insert;
  private final PreparedStatement countUpTo;
  private final PreparedStatement deleteUpTo;
  private final PreparedStatement deleteOne;
  private final PreparedStatement keepLast;

  LogTables(Connection connection) throws SQLException {
    getMeta = connection.prepareStatement("SELECT value FROM meta WHERE key = ?");
    setMeta = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES (?, ?)");
    insert = connection.prepareStatement("INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
    countUpTo =
        connection.prepareStatement(
            "SELECT coalesce(sum(samples), 0), count(*) FROM record"
                + " WHERE lane = ? AND position <= ?");
    deleteUpTo = connection.prepareStatement("DELETE FROM record WHERE lane = ? AND position <= ?");
    deleteOne = connection.prepareStatement("DELETE FROM record WHERE lane = ? AND position = ?");
    keepLast = connection.prepareStatement("INSERT OR REPLACE INTO last_sample VALUES (?, ?)");
  }

  long get(String key) throws SQLException {
    getMeta.setString(1, key);
    try (ResultSet row = getMeta.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  void set(String key, long value) throws SQLException {
    setMeta.setString(1, key);
    setMeta.setLong(2, value);
    setMeta.executeUpdate();
  }

  /** Draws and stores the number of a new epoch. */
  long newEpoch() throws SQLException {
    long epoch = new SecureRandom().nextLong(1, Long.MAX_VALUE);
    set("epoch", epoch);
    return epoch;
  }

  /** Inserts records behind the given position and entry number. */
  void insert(List<LogRecord> records, Lane lane, long position, long entry, long gatewayMicros)
      throws SQLException {
    long offset = 0;
    for (LogRecord record : records) {
      offset++;
      insert.setInt(1, lane.ordinal());
      insert.setLong(2, position + offset);
      insert.setLong(3, entry + offset);
      insert.setString(4, record.device());
      insert.setInt(5, record.kind().ordinal());
      insert.setInt(6, record.samples());
      insert.setLong(7, record.firstSourceMicros());
      insert.setLong(8, record.lastSourceMicros());
      insert.setLong(9, gatewayMicros);
      insert.setBytes(10, record.payload());
      insert.setInt(11, record.priority().ordinal());
      if (record.completeMicros() == LogRecord.LAST_OF_GROUP) {
        insert.setNull(12, Types.INTEGER);
      } else {
        insert.setLong(12, record.completeMicros());
      }
      insert.executeUpdate();
    }
  }

  /** How many records were deleted, and how many samples they held. */
  record Deleted(long records, long samples) {}

  /** Deletes the lane's records up to a position. */
  Deleted deleteUpTo(Lane lane, long position) throws SQLException {
    countUpTo.setInt(1, lane.ordinal());
    countUpTo.setLong(2, position);
    Deleted deleted;
    try (ResultSet row = countUpTo.executeQuery()) {
      deleted = row.next() ? new Deleted(row.getLong(2), row.getLong(1)) : new Deleted(0, 0);
    }
    deleteUpTo.setInt(1, lane.ordinal());
    deleteUpTo.setLong(2, position);
    deleteUpTo.executeUpdate();
    return deleted;
  }

  /** Deletes one record. */
  void delete(Lane lane, long position) throws SQLException {
    deleteOne.setInt(1, lane.ordinal());
    deleteOne.setLong(2, position);
    deleteOne.executeUpdate();
  }

  void keepLast(Map<Long, byte[]> lastSamples) throws SQLException {
    for (Map.Entry<Long, byte[]> last : lastSamples.entrySet()) {
      keepLast.setLong(1, last.getKey());
      keepLast.setBytes(2, last.getValue());
      keepLast.executeUpdate();
    }
  }

  /**
   * Writes down where replay has to begin: everything before is in the newest samples.
   *
   * @param lossLane lane in which loss records are stored in the same transaction; null: none
   * @param losses how many
   * @param entry number of the last record before them
   */
  void remember(
      LanePositions positions,
      @Nullable Lane lossLane,
      int losses,
      long entry,
      long gatewayMicros,
      RecordLog.Totals sums)
      throws SQLException {
    for (Lane lane : Lane.values()) {
      set("appended_" + lane, positions.appended(lane) + (lane == lossLane ? losses : 0));
      set("confirmed_" + lane, positions.progress(lane).confirmed());
    }
    set("entry", entry + losses);
    set("gateway", gatewayMicros);
    set("in", sums.in());
    set("out", sums.out());
    set("lost", sums.lost());
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        List.of(getMeta, setMeta, insert, countUpTo, deleteUpTo, deleteOne, keepLast)) {
      statement.close();
    }
  }
}
