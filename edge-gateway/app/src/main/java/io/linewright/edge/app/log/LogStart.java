package io.linewright.edge.app.log;

import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.model.telemetry.Lane;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * What an opened file says of itself.
 *
 * @param entry number of the last record stored
 * @param totals samples over the life of the file
 */
record LogStart(long entry, RecordLog.Totals totals) {

  private static final String UNCLEAN =
      "the gateway stopped without closing its log; values of its last group may be missing";

  /**
   * Reads the file, restores the positions and marks it as in use; within a transaction. If it was
   * not closed, the time since its last record is entered as a loss.
   *
   * @param loss makes a loss of unknown size from its begin and reason
   */
  static LogStart of(LogFile file, LanePositions positions, BiFunction<Instant, String, Loss> loss)
      throws SQLException {
    LogTables tables = file.statements();
    long epoch = tables.get("epoch");
    long entry = tables.get("entry");
    long lastGateway = tables.get("gateway");
    for (Lane lane : Lane.values()) {
      long appended = Math.max(tables.get("appended_" + lane), ask(file, "max(position)", lane));
      long lowest = ask(file, "min(position)", lane);
      positions.restore(
          lane,
          appended,
          tables.get("confirmed_" + lane),
          lowest == 0 ? appended : lowest - 1,
          ask(file, "count(*)", lane));
      lastGateway = Math.max(lastGateway, ask(file, "max(gateway)", lane));
      entry = Math.max(entry, ask(file, "max(entry)", lane));
    }
    if (epoch == 0) {
      positions.beginEpoch(tables.newEpoch());
    } else {
      positions.resumeEpoch(epoch);
      if (tables.get("clean") == 0) {
        LossBook.add(file.writer(), loss.apply(LossBook.instant(lastGateway), UNCLEAN));
      }
    }
    tables.set("clean", 0);
    LogReader.seeBacklog(file.writer(), positions);
    return new LogStart(
        entry, new RecordLog.Totals(tables.get("in"), tables.get("out"), tables.get("lost")));
  }

  private static long ask(LogFile file, String what, Lane lane) throws SQLException {
    return LogReader.number(
        file.writer(), "SELECT " + what + " FROM record WHERE lane = ?", lane.ordinal());
  }
}
