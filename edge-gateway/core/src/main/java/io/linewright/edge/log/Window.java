package io.linewright.edge.log;

import io.linewright.model.telemetry.Lane;

/**
 * How much may be under way without confirmation, per lane. It bounds what a re-send repeats and is
 * the back-pressure from the platform to the edge.
 *
 * @param records most records, at least 1
 * @param bytes most bytes of records, at least 1; one record larger than this still goes alone
 */
public record Window(long records, long bytes) {

  /**
   * @throws IllegalArgumentException if a bound is below 1
   */
  public Window {
    if (records < 1 || bytes < 1) {
      throw new IllegalArgumentException("a window holds at least one record and one byte");
    }
  }

  /** Whether one more record fits when so much is under way. */
  public boolean hasRoom(long recordsUnderWay, long bytesUnderWay) {
    return recordsUnderWay == 0 || (recordsUnderWay < records && bytesUnderWay < bytes);
  }

  /**
   * Lane of a new record. Live data must arrive soon or not as live data at all: what cannot be
   * sent at once joins the backlog.
   *
   * @param uplinkReady births are out and the host is online
   * @param unconfirmedRecords live records in the log, sent or not
   * @param unconfirmedBytes their bytes
   */
  public Lane laneOfNew(boolean uplinkReady, long unconfirmedRecords, long unconfirmedBytes) {
    return uplinkReady && hasRoom(unconfirmedRecords, unconfirmedBytes) ? Lane.LIVE : Lane.BACKFILL;
  }
}
