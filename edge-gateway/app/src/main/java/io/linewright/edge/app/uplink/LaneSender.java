package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LanePositions;
import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.log.Pace;
import io.linewright.edge.log.Progress;
import io.linewright.edge.log.ResendClock;
import io.linewright.edge.log.Suspicion;
import io.linewright.edge.log.Window;
import io.linewright.model.telemetry.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One lane as the sending thread sees it: what is next, what is under way. */
final class LaneSender {

  private static final int READ_RECORDS = 256;
  private static final long READ_BYTES = 2L << 20;

  /** Records under way when a session begins; doubles with what is confirmed. */
  static final long FIRST_LIMIT = 256;

  /** Least records under way after repeated trouble. */
  private static final long LEAST_LIMIT = 16;

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
  private final boolean paced;
  private Pace pace;
  private Suspicion suspicion = Suspicion.NONE;

  /** The record sent last since sending began anew; 0: none. */
  private long sentBefore;

  /**
   * Records that may be under way for now, within the window. A receiver that loses messages under
   * load would lose more if everything were sent again at once: each turn back halves the limit,
   * each confirmed record raises it by one.
   */
  private long limit;

  LaneSender(
      Lane lane,
      RecordLog log,
      Window window,
      long firstLimit,
      boolean paced,
      long patienceMillis,
      long nowMillis) {
    this.lane = lane;
    this.log = log;
    this.positions = log.positions();
    this.window = window;
    this.limit = firstLimit;
    this.paced = paced;
    this.pace = Pace.start(firstLimit);
    this.sent = positions.released(lane);
    // What was stored before this start may have been sent before it.
    this.highest = positions.appended(lane);
    this.clock = ResendClock.start(patienceMillis, nowMillis);
  }

  /** The next record to send; null if there is none, or the window is full. */
  LogRecord.@Nullable Stored peek() throws LogException {
    settle();
    if (underWay.size() >= mostUnderWay() || !window.hasRoom(underWay.size(), underWayBytes)) {
      return null;
    }
    if (fetched.isEmpty() && sent < positions.appended(lane)) {
      fetched.addAll(log.read(lane, sent, READ_RECORDS, READ_BYTES));
    }
    return fetched.peek();
  }

  private long mostUnderWay() {
    if (suspicion.alone()) {
      return 1;
    }
    return paced ? Math.min(limit, pace.records()) : limit;
  }

  /** The record that {@link #peek} told was sent; tells whether it had been sent before. */
  boolean sent(LogRecord.Stored record, long nowMillis) {
    fetched.remove();
    if (underWay.isEmpty()) {
      clock = clock.failures() == 0 ? clock.progress(nowMillis) : clock;
    }
    boolean again = record.position() <= highest;
    sentBefore = record.position();
    underWay.add(new UnderWay(record.position(), record.content().payload().length, nowMillis));
    underWayBytes += record.content().payload().length;
    sent = record.position();
    highest = Math.max(highest, sent);
    return again;
  }

  /** The next record is passed over: it will be set aside. */
  void passOver(LogRecord.Stored record) {
    fetched.remove();
    sent = record.position();
    suspicion = suspicion.found();
  }

  /** Why the next record can never be sent; empty as long as that is not certain. */
  Optional<String> verdict(LogRecord.Stored next, long nowMillis) {
    return next.position() == suspicion.position() && underWay.isEmpty()
        ? suspicion.verdict(nowMillis)
        : Optional.empty();
  }

  /** Whether only its oldest record may be sent, and nothing of the other lane. */
  boolean alone() {
    return suspicion.alone();
  }

  /** Whether something was sent that is not confirmed. */
  boolean busy() {
    settle();
    return !underWay.isEmpty();
  }

  /** The connection broke. */
  void broke() {
    settle();
    if (!underWay.isEmpty()) {
      suspicion = suspicion.broke(underWay.element().position());
    }
  }

  /** What the host has or is to get before a record. */
  long previousOf(LogRecord.Stored record) {
    return positions.previousOf(lane, record.position(), sentBefore);
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
    long before = positions.progress(lane).confirmed();
    positions.confirm(epoch, lane, position);
    suspicion = suspicion.progressed();
    limit = Math.min(window.records(), limit + Math.max(0, position - before));
    clock = clock.progress(nowMillis);
    long[] newest = settle();
    if (newest[0] > 0) {
      pace = pace.confirmed(newest[0], nowMillis - newest[1], window.records());
    }
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

  /** The host says again what it has: the oldest under way does not reach it. */
  void refused(long nowMillis) {
    suspicion = suspicion.refused(underWay.element().position(), nowMillis);
    turnBack(nowMillis);
  }

  /** Nothing was confirmed for too long although the connection holds. */
  void timedOut(long nowMillis) {
    suspicion = suspicion.outlived();
    turnBack(nowMillis);
  }

  /** Sending starts again behind what is confirmed. */
  private void turnBack(long nowMillis) {
    if (!underWay.isEmpty()) {
      clock = clock.sentAgain(nowMillis);
      limit = Math.max(LEAST_LIMIT, Math.min(limit, underWay.size()) / 2);
    }
    restart();
  }

  /** A new session, a new epoch: the same without blaming the platform. */
  void restart(long nowMillis) {
    limit = Math.max(limit, FIRST_LIMIT);
    pace = Pace.start(FIRST_LIMIT);
    clock = clock.progress(nowMillis);
    restart();
  }

  private void restart() {
    underWay.clear();
    underWayBytes = 0;
    fetched.clear();
    sentBefore = 0;
    positions.beginAnew(lane);
    sent = positions.released(lane);
  }

  /** Forgets what is released: how many were under way, and when the newest was sent. */
  private long[] settle() {
    long released = positions.released(lane);
    long[] settled = {0, 0};
    while (!underWay.isEmpty() && underWay.element().position() <= released) {
      UnderWay gone = underWay.remove();
      underWayBytes -= gone.bytes();
      settled[0]++;
      settled[1] = gone.sentMillis();
    }
    while (!fetched.isEmpty() && fetched.element().position() <= released) {
      fetched.remove();
    }
    sent = Math.max(sent, released);
    return settled;
  }
}
