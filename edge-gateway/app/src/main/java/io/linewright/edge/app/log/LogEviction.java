package io.linewright.edge.app.log;

import io.linewright.edge.app.log.file.LogDatabase;
import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.edge.app.sparkplug.StoredAliases;
import io.linewright.edge.log.PriorityClass;
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
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes room: drops the oldest records of the lowest class and enters them into the book of losses,
 * within the caller's transaction. What the sending thread has under way goes last.
 */
final class LogEviction {

  /** Bytes that a record takes apart from its payload. */
  private static final int OVERHEAD_BYTES = 120;

  /** Part of the bound that is freed at once, so that not every group has to make room. */
  private static final int PART = 100;

  private static final long MOST_AT_ONCE = 16L << 20;

  /** Bytes dropped at once when the disk is full although the bounds are kept. */
  private static final long WHEN_FULL = 1L << 20;

  private static final String COLUMNS =
      "SELECT position, device, kind, samples, first_source, last_source, gateway, payload"
          + " FROM record WHERE ";
  private static final String TOO_OLD = "older than the greatest age of the log";
  private static final String FULL = "the log was full";

  /**
   * What was dropped.
   *
   * @param lane of this lane
   * @param upTo all up to this position are gone; 0: only those of one class are
   * @param records how many records
   * @param samples samples in them
   * @param reason why
   */
  record Dropped(Lane lane, long upTo, long records, long samples, String reason) {}

  /** Confirmed records that were deleted before anything was dropped. */
  record Cleared(Lane lane, long upTo, LogTables.Deleted deleted) {}

  /**
   * How it stands afterwards.
   *
   * @param cleared what was confirmed and is deleted now
   * @param dropped what was dropped; empty if there was room
   * @param usedBytes bytes in use within the file
   * @param room whether the next group fits
   */
  record Outcome(List<Cleared> cleared, List<Dropped> dropped, long usedBytes, boolean room) {}

  private final Path file;
  private final Connection connection;
  private final RecordLog.Settings settings;
  private final LanePositions positions;
  private final AliasTable aliases;
  private final LogTables tables;
  private final List<Cleared> cleared = new ArrayList<>();
  private final List<Dropped> dropped = new ArrayList<>();

  LogEviction(
      LogFile file, RecordLog.Settings settings, LanePositions positions, AliasTable aliases) {
    this.file = file.path();
    this.connection = file.writer();
    this.tables = file.statements();
    this.settings = settings;
    this.positions = positions;
    this.aliases = aliases;
  }

  /**
   * Drops what is too old; then, class by class, the oldest backlog and the oldest live records
   * that are not under way; at last those, too.
   *
   * @param oldestKept gateway time before which a record is too old
   * @param diskFull whether the disk refused to take more
   */
  Outcome makeRoom(long groupBytes, long oldestKept, boolean diskFull) throws SQLException {
    boolean tooOld = positions.oldestBacklogMicros() < oldestKept;
    if (tooOld || diskFull || excess(groupBytes) > 0) {
      clearConfirmed();
    }
    if (tooOld) {
      dropOldest(Lane.BACKFILL, 0, oldestKept, TOO_OLD);
    }
    long forced = diskFull ? Math.max(groupBytes, WHEN_FULL) : 0;
    for (PriorityClass priority : PriorityClass.values()) {
      for (Lane lane : List.of(Lane.BACKFILL, Lane.LIVE)) {
        long excess = Math.max(forced, excess(groupBytes));
        while (excess > 0 && dropClass(priority, lane, atLeast(excess))) {
          forced = 0;
          excess = excess(groupBytes);
        }
      }
    }
    for (Lane lane : List.of(Lane.BACKFILL, Lane.LIVE)) {
      long excess = Math.max(forced, excess(groupBytes));
      if (excess > 0) {
        dropOldest(lane, atLeast(excess), Long.MIN_VALUE, FULL);
      }
    }
    return new Outcome(cleared, dropped, usedBytes(), excess(groupBytes) <= 0);
  }

  /** Room that costs nothing: what the platform has. */
  private void clearConfirmed() throws SQLException {
    for (Lane lane : Lane.values()) {
      long upTo = positions.progress(lane).confirmed();
      cleared.add(new Cleared(lane, upTo, tables.deleteUpTo(lane, upTo)));
    }
  }

  private long atLeast(long excess) {
    return Math.max(excess, Math.min(settings.bounds().maxBytes() / PART, MOST_AT_ONCE));
  }

  private long excess(long groupBytes) throws SQLException {
    long free =
        LogDatabase.pragma(connection, "freelist_count")
            * LogDatabase.pragma(connection, "page_size");
    long onDisk = settings.usableBytes().applyAsLong(file);
    return settings.bounds().excess(usedBytes(), free, onDisk, groupBytes);
  }

  private long usedBytes() throws SQLException {
    long pages =
        LogDatabase.pragma(connection, "page_count")
            - LogDatabase.pragma(connection, "freelist_count");
    return pages * LogDatabase.pragma(connection, "page_size");
  }

  /** Drops records of one class from between the others; tells whether there were any. */
  private boolean dropClass(PriorityClass priority, Lane lane, long bytes) throws SQLException {
    String which = "class = ? AND lane = ? AND position > ?";
    long after = positions.fetched(lane);
    Tally tally = new Tally();
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + which + " ORDER BY position")) {
      select.setInt(1, priority.ordinal());
      select.setInt(2, lane.ordinal());
      select.setLong(3, after);
      tally.take(select, bytes, Long.MIN_VALUE);
    }
    if (tally.records == 0) {
      return false;
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM record WHERE " + which + " AND position <= ?")) {
      delete.setInt(1, priority.ordinal());
      delete.setInt(2, lane.ordinal());
      delete.setLong(3, after);
      delete.setLong(4, tally.upTo);
      delete.executeUpdate();
    }
    tally.enter(FULL);
    dropped.add(new Dropped(lane, 0, tally.records, tally.samples, FULL));
    return true;
  }

  /** Drops a lane's oldest records of whatever class. */
  private void dropOldest(Lane lane, long bytes, long olderThan, String reason)
      throws SQLException {
    String which = "lane = ? AND position > ?";
    long after = positions.released(lane);
    Tally tally = new Tally();
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + which + " ORDER BY position")) {
      select.setInt(1, lane.ordinal());
      select.setLong(2, after);
      tally.take(select, bytes, olderThan);
    }
    if (tally.records == 0) {
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM record WHERE " + which + " AND position <= ?")) {
      delete.setInt(1, lane.ordinal());
      delete.setLong(2, after);
      delete.setLong(3, tally.upTo);
      delete.executeUpdate();
    }
    tally.enter(reason);
    dropped.add(new Dropped(lane, tally.upTo, tally.records, tally.samples, reason));
  }

  /** What is dropped in one go, summed per device. */
  private final class Tally {
    private final Map<String, Range> lost = new HashMap<>();
    private long freed;
    private long records;
    private long samples;
    private long upTo;

    void take(PreparedStatement select, long bytes, long olderThan) throws SQLException {
      try (ResultSet row = select.executeQuery()) {
        while (row.next() && (freed < bytes || row.getLong(7) < olderThan)) {
          byte[] payload = row.getBytes(8);
          upTo = row.getLong(1);
          freed += payload.length + OVERHEAD_BYTES;
          records++;
          samples += row.getLong(4);
          if (row.getInt(3) == LogRecord.Kind.LOSS.ordinal()) {
            LossBook.add(connection, aliases.withTags(LossBook.read(payload), settings));
          } else {
            lost.computeIfAbsent(row.getString(2), device -> new Range()).add(row, payload);
          }
        }
      }
    }

    void enter(String reason) throws SQLException {
      for (Map.Entry<String, Range> loss : lost.entrySet()) {
        LossBook.add(connection, loss.getValue().lost(settings.pathOf(loss.getKey()), reason));
      }
    }
  }

  private static final class Range {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long samples;
    private final Set<Long> tags = new TreeSet<>();

    void add(ResultSet row, byte[] payload) throws SQLException {
      first = Math.min(first, row.getLong(5));
      last = Math.max(last, row.getLong(6));
      samples += row.getLong(4);
      if (tags.size() < Loss.MAX_ALIASES) {
        StoredAliases.read(payload, tags::add);
      }
    }

    Loss lost(String equipment, String reason) {
      return new Loss(
          equipment, LossBook.instant(first), LossBook.instant(last), samples, reason, tags);
    }
  }
}
