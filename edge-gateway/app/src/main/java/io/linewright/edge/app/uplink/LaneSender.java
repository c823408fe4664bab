package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LanePositions;
import io.linewright.edge.app.log.LogException;
import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.log.Progress;
import io.linewright.edge.log.ResendClock;
import io.linewright.edge.log.Window;
import io.linewright.model.telemetry.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One lane as the sending thread sees it: what is next, what is under way. */
final class LaneSender {

  private static final int READ_RECORDS = 256;
  private static final long READ_BYTES = 2L << 20;

  private record UnderWay(long position, long bytes, long sentMillis) {}

  private final Lane lane;
  private final RecordLog log;
  private final LanePositions positions;
  private final Window window;
  private final Deque<LogRecord.Stored> fetched = new ArrayDeque<>();
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private long underWayBytes;
  private long sent;
  private long highest;
  private ResendClock clock;

  LaneSender(Lane lane, RecordLog log, Window window, long patienceMillis, long nowMillis) {
    this.lane = lane;
    this.log = log;
    this.positions = log.positions();
    this.window = window;
    this.sent = positions.released(lane);
    // What was stored before this start may have been sent before it.
    this.highest = positions.appended(lane);
    this.clock = ResendClock.start(patienceMillis, nowMillis);
  }

  /** The next record to send; null if there is none, or the window is full. */
  LogRecord.@Nullable Stored peek() throws LogException {
    settle();
    if (!window.hasRoom(underWay.size(), underWayBytes)) {
      return null;
    }
    if (fetched.isEmpty() && sent < positions.appended(lane)) {
      fetched.addAll(log.read(lane, sent, READ_RECORDS, READ_BYTES));
    }
    return fetched.peek();
  }

  /** The record that {@link #peek} told was sent; tells whether it had been sent before. */
  boolean sent(LogRecord.Stored record, long nowMillis) {
    fetched.remove();
    if (underWay.isEmpty()) {
      clock = clock.failures() == 0 ? clock.progress(nowMillis) : clock;
    }
    boolean again = record.position() <= highest;
    underWay.add(new UnderWay(record.position(), record.content().payload().length, nowMillis));
    underWayBytes += record.content().payload().length;
    sent = record.position();
    highest = Math.max(highest, sent);
    return again;
  }

  /** Whether the values of a record are not current: backlog, or sent before. */
  boolean historical(long position) {
    return lane == Lane.BACKFILL || position <= highest;
  }

  /** How far the lane has come. */
  Progress progress() {
    Progress known = positions.progress(lane);
    return new Progress(known.confirmed(), Math.max(sent, known.confirmed()), known.appended());
  }

  /** The platform has everything up to a position. */
  void confirm(long epoch, long position, long nowMillis) {
    positions.confirm(epoch, lane, position);
    clock = clock.progress(nowMillis);
    settle();
  }

  /** Without a confirming host: what was sent long enough ago counts as arrived. */
  void releaseSentBefore(long millis, long nowMillis) {
    while (!underWay.isEmpty() && underWay.element().sentMillis() <= millis) {
      confirm(positions.epoch(), underWay.element().position(), nowMillis);
    }
  }

  /** Whether nothing was confirmed for too long. */
  boolean overdue(long nowMillis) {
    return !underWay.isEmpty() && clock.due(nowMillis);
  }

  /** Whether a gap that the platform reports may be answered now. */
  boolean mayAnswerGap(long nowMillis) {
    return !underWay.isEmpty() && clock.mayAnswerGap(nowMillis);
  }

  /** Sending starts again behind what is confirmed. */
  void turnBack(long nowMillis) {
    if (!underWay.isEmpty()) {
      clock = clock.sentAgain(nowMillis);
    }
    restart();
  }

  /** A new session, a new epoch: the same without blaming the platform. */
  void restart(long nowMillis) {
    clock = clock.progress(nowMillis);
    restart();
  }

  private void restart() {
    underWay.clear();
    underWayBytes = 0;
    fetched.clear();
    sent = positions.released(lane);
  }

  private void settle() {
    long released = positions.released(lane);
    while (!underWay.isEmpty() && underWay.element().position() <= released) {
      underWayBytes -= underWay.remove().bytes();
    }
    while (!fetched.isEmpty() && fetched.element().position() <= released) {
      fetched.remove();
    }
    sent = Math.max(sent, released);
  }
}
