package io.linewright.edge.app.log;

import io.linewright.edge.app.log.file.LogDatabase;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.telemetry.Lane;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes room: drops the oldest records and enters them into the book of losses, within the caller's
 * transaction.
 */
final class LogEviction {

  /** Bytes that a record takes apart from its payload. */
  private static final int OVERHEAD_BYTES = 120;

  /** Part of the bound that is freed at once, so that not every group has to make room. */
  private static final int PART = 100;

  private static final long MOST_AT_ONCE = 16L << 20;

  /**
   * What was dropped.
   *
   * @param lane of this lane
   * @param upTo highest position dropped
   * @param samples samples in the dropped records
   * @param reason why
   */
  record Dropped(Lane lane, long upTo, long samples, String reason) {}

  /**
   * How it stands afterwards.
   *
   * @param dropped what was dropped; empty if there was room
   * @param usedBytes bytes in use within the file
   * @param room whether the next group fits
   */
  record Outcome(List<Dropped> dropped, long usedBytes, boolean room) {}

  private final Path file;
  private final Connection connection;
  private final RecordLog.Settings settings;
  private final LanePositions positions;

  LogEviction(
      Path file, Connection connection, RecordLog.Settings settings, LanePositions positions) {
    this.file = file;
    this.connection = connection;
    this.settings = settings;
    this.positions = positions;
  }

  /** Drops what is too old, then the oldest backlog, then the oldest live records. */
  Outcome makeRoom(long groupBytes, long gatewayMicros) throws SQLException {
    List<Dropped> dropped = new ArrayList<>();
    long tooOld = gatewayMicros - settings.maxAge().toNanos() / 1000;
    if (positions.oldestBacklogMicros() < tooOld) {
      drop(Lane.BACKFILL, 0, tooOld, "older than the greatest age of the log", dropped);
    }
    for (Lane lane : List.of(Lane.BACKFILL, Lane.LIVE)) {
      long excess = excess(groupBytes);
      if (excess > 0) {
        long least = Math.min(settings.bounds().maxBytes() / PART, MOST_AT_ONCE);
        drop(lane, Math.max(excess, least), Long.MIN_VALUE, "the log was full", dropped);
      }
    }
    return new Outcome(dropped, usedBytes(), excess(groupBytes) <= 0);
  }

  private long excess(long groupBytes) throws SQLException {
    long free =
        LogDatabase.pragma(connection, "freelist_count")
            * LogDatabase.pragma(connection, "page_size");
    long onDisk = file.toFile().getUsableSpace();
    return settings.bounds().excess(usedBytes(), free, onDisk, groupBytes);
  }

  private long usedBytes() throws SQLException {
    long pages =
        LogDatabase.pragma(connection, "page_count")
            - LogDatabase.pragma(connection, "freelist_count");
    return pages * LogDatabase.pragma(connection, "page_size");
  }

  private void drop(Lane lane, long bytes, long olderThan, String reason, List<Dropped> dropped)
      throws SQLException {
    Map<String, Range> lost = new HashMap<>();
    long freed = 0;
    long samples = 0;
    long upTo = 0;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, device, kind, samples, first_source, last_source, gateway,"
                + " length(payload), iif(kind = 1, payload, NULL)"
                + " FROM record WHERE lane = ? AND position > ? ORDER BY position")) {
      select.setInt(1, lane.ordinal());
      select.setLong(2, positions.released(lane));
      try (ResultSet row = select.executeQuery()) {
        while (row.next() && (freed < bytes || row.getLong(7) < olderThan)) {
          upTo = row.getLong(1);
          freed += row.getLong(8) + OVERHEAD_BYTES;
          samples += row.getLong(4);
          if (row.getInt(3) == LogRecord.Kind.LOSS.ordinal()) {
            LossBook.add(connection, LossBook.read(row.getBytes(9)));
          } else {
            lost.merge(row.getString(2), Range.of(row), Range::with);
          }
        }
      }
    }
    if (upTo > 0) {
      enter(lost, reason);
      delete(lane, upTo);
      dropped.add(new Dropped(lane, upTo, samples, reason));
    }
  }

  private void enter(Map<String, Range> lost, String reason) throws SQLException {
    for (Map.Entry<String, Range> loss : lost.entrySet()) {
      String equipment =
          settings.equipment().getOrDefault(loss.getKey(), settings.gatewayEquipment());
      LossBook.add(connection, loss.getValue().lost(equipment, reason));
    }
  }

  private void delete(Lane lane, long upTo) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM record WHERE lane = ? AND position <= ?")) {
      delete.setInt(1, lane.ordinal());
      delete.setLong(2, upTo);
      delete.executeUpdate();
    }
  }

  private record Range(long first, long last, long samples) {

    static Range of(ResultSet row) throws SQLException {
      return new Range(row.getLong(5), row.getLong(6), row.getLong(4));
    }

    Range with(Range other) {
      return new Range(
          Math.min(first, other.first), Math.max(last, other.last), samples + other.samples);
    }

    SamplesLost lost(String equipment, String reason) {
      return new SamplesLost(
          equipment, LossBook.instant(first), LossBook.instant(last), samples, reason);
    }
  }
}
