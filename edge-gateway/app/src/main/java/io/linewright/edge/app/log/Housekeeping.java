package io.linewright.edge.app.log;

import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.edge.app.log.loss.SetAsideShelf;
import io.linewright.model.telemetry.Lane;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to the log now and then, within one transaction of the caller. */
record Housekeeping(LogFile file, LanePositions positions, AliasTable aliases) {

  /** Records deleted at most in one go, so that no flush waits long behind it. */
  private static final int DELETE_CHUNK = 20_000;

  /**
   * What was done.
   *
   * @param losses loss records stored
   * @param upTo per lane, up to where confirmed records were deleted
   * @param deleted per lane, how many
   * @param forgotten whether retired metrics were forgotten
   */
  record Done(
      List<LogRecord> losses,
      List<Long> upTo,
      List<LogTables.Deleted> deleted,
      boolean forgotten) {}

  /**
   * Keeps the newest samples, deletes what is confirmed, makes records of losses.
   *
   * @param lossLane lane for loss records; null: keep them in the book
   * @param entry number of the last record stored
   */
  Done run(
      Map<Long, byte[]> lastSamples,
      @Nullable Lane lossLane,
      long gatewayMicros,
      long entry,
      RecordLog.Totals totals)
      throws SQLException {
    LogTables tables = file.statements();
    tables.keepLast(lastSamples);
    List<Long> upTo = new ArrayList<>();
    List<LogTables.Deleted> deleted = new ArrayList<>();
    long out = 0;
    for (Lane lane : Lane.values()) {
      upTo.add(deletable(lane));
      deleted.add(tables.deleteUpTo(lane, upTo.getLast()));
      out += deleted.getLast().samples();
    }
    List<LogRecord> losses =
        lossLane == null ? List.of() : aliases.told(LossBook.takeAll(file.writer()));
    if (lossLane != null) {
      tables.insert(losses, lossLane, positions.appended(lossLane), entry, gatewayMicros);
    }
    tables.remember(
        positions, lossLane, losses.size(), entry, gatewayMicros, totals.plus(0, out, 0));
    boolean forgotten =
        aliases.forgetDrained(
            file.writer(), positions.released(Lane.LIVE), positions.released(Lane.BACKFILL));
    return new Done(losses, upTo, deleted, forgotten);
  }

  /**
   * Puts a record onto the shelf and its values into the book; tells how many are on the shelf. A
   * record of losses has no values of its own: what it told is on the shelf.
   */
  long setAside(Lane lane, long position, Loss loss, String reason) throws SQLException {
    SetAsideShelf.put(file.writer(), lane, position, reason);
    file.statements().delete(lane, position);
    Long count = loss.count();
    if (count == null || count > 0) {
      LossBook.add(file.writer(), loss);
    }
    return SetAsideShelf.count(file.writer());
  }

  private long deletable(Lane lane) {
    long confirmed = positions.progress(lane).confirmed();
    return Math.min(confirmed, positions.deleted(lane) + DELETE_CHUNK);
  }
}
