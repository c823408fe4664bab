package io.linewright.edge.app.log;

import io.linewright.edge.log.Progress;
import io.linewright.model.telemetry.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Positions of both lanes, and how far back the backlog reaches. The logging thread writes, any
 * thread reads; confirmations come from the sending thread.
 */
public final class LanePositions {

  private static final class LaneState {
    private long appended;
    private long confirmed;
    private long deleted;

    private long released() {
      return Math.max(confirmed, deleted);
    }
  }

  private final LaneState[] lanes = {new LaneState(), new LaneState()};
  private long epoch;
  private long oldestBacklogMicros = Long.MAX_VALUE;
  private Map<String, Long> oldestBacklog = Map.of();

  LanePositions() {}

  /** Identity of the log that positions count in. */
  public synchronized long epoch() {
    return epoch;
  }

  /** Positions of a lane as the log knows them; what was sent is the sender's to know. */
  public synchronized Progress progress(Lane lane) {
    LaneState state = state(lane);
    return new Progress(state.confirmed, state.confirmed, state.appended);
  }

  /** Highest position given out. */
  public synchronized long appended(Lane lane) {
    return state(lane).appended;
  }

  /** Highest position that nobody waits for any more: confirmed or dropped. */
  public synchronized long released(Lane lane) {
    return state(lane).released();
  }

  /** Records that are neither confirmed nor dropped. */
  public synchronized long unconfirmed(Lane lane) {
    return Math.max(0, state(lane).appended - state(lane).released());
  }

  /** The position that the platform saw before this one: positions have no holes but drops. */
  public synchronized long previousOf(Lane lane, long position) {
    LaneState state = state(lane);
    return position - 1 > state.released() ? position - 1 : Math.min(state.confirmed, position - 1);
  }

  /** The platform has everything of this epoch up to a position. */
  public synchronized void confirm(long ofEpoch, Lane lane, long position) {
    LaneState state = state(lane);
    if (ofEpoch == epoch && position > state.confirmed && position <= state.appended) {
      state.confirmed = position;
    }
  }

  /** When the oldest record of the backlog was closed, microseconds; MAX_VALUE if there is none. */
  public synchronized long oldestBacklogMicros() {
    return oldestBacklogMicros;
  }

  /** Lower bound of the source times in a device's backlog; null if it has none. */
  public synchronized @Nullable Long oldestBacklogOf(String device) {
    return oldestBacklog.get(device);
  }

  synchronized void restore(Lane lane, long appended, long confirmed, long deleted) {
    LaneState state = state(lane);
    state.appended = appended;
    state.confirmed = confirmed;
    state.deleted = deleted;
  }

  synchronized void beginEpoch(long id) {
    epoch = id;
    for (LaneState lane : lanes) {
      lane.confirmed = 0;
    }
  }

  synchronized void resumeEpoch(long id) {
    epoch = id;
  }

  synchronized void append(Lane lane, List<LogRecord> records, long gatewayMicros) {
    if (lane == Lane.BACKFILL && !records.isEmpty()) {
      Map<String, Long> oldest = new HashMap<>(oldestBacklog);
      for (LogRecord record : records) {
        oldest.merge(record.device(), record.firstSourceMicros(), Math::min);
      }
      oldestBacklog = oldest;
      oldestBacklogMicros = Math.min(oldestBacklogMicros, gatewayMicros);
    }
    state(lane).appended += records.size();
  }

  synchronized long deleted(Lane lane) {
    return state(lane).deleted;
  }

  synchronized void delete(Lane lane, long upTo) {
    state(lane).deleted = Math.max(state(lane).deleted, upTo);
  }

  synchronized void seeBacklog(long oldestMicros, Map<String, Long> oldestPerDevice) {
    oldestBacklogMicros = oldestMicros;
    oldestBacklog = oldestPerDevice;
  }

  synchronized void seeBacklogAge(long oldestMicros) {
    oldestBacklogMicros = oldestMicros;
  }

  synchronized boolean knowsBacklogOfDevices() {
    return !oldestBacklog.isEmpty();
  }

  private LaneState state(Lane lane) {
    return lanes[lane.ordinal()];
  }
}
