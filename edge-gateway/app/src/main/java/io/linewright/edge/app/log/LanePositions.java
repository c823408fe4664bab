package io.linewright.edge.app.log;

import io.linewright.edge.log.Progress;
import io.linewright.model.telemetry.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private long holes;
    private long fetched;

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
    LaneState state = state(lane);
    return Math.max(0, state.appended - state.released() - state.holes);
  }

  /**
   * The position that the platform has or is to get before this one.
   *
   * @param sentBefore the record sent before it since sending last began anew; 0: none
   */
  public synchronized long previousOf(Lane lane, long position, long sentBefore) {
    LaneState state = state(lane);
    return sentBefore > state.released() ? sentBefore : Math.min(state.confirmed, position - 1);
  }

  /** Highest position handed to the sending thread since it last began anew. */
  synchronized long fetched(Lane lane) {
    return Math.max(state(lane).fetched, state(lane).released());
  }

  synchronized void fetch(Lane lane, long position) {
    state(lane).fetched = Math.max(state(lane).fetched, position);
  }

  /** The sending thread begins anew behind what is released. */
  public synchronized void beginAnew(Lane lane) {
    state(lane).fetched = 0;
  }

  /** Records are gone from between others. */
  synchronized void dropped(Lane lane, long records) {
    state(lane).holes += records;
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

  synchronized void restore(Lane lane, long appended, long confirmed, long deleted, long records) {
    LaneState state = state(lane);
    state.appended = appended;
    state.confirmed = confirmed;
    state.deleted = deleted;
    state.holes = appended - deleted - records;
    state.fetched = 0;
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

  /** All up to a position are gone; so many of them had still been there. */
  synchronized void delete(Lane lane, long upTo, long records) {
    LaneState state = state(lane);
    if (upTo > state.deleted) {
      state.holes = Math.max(0, state.holes - (upTo - state.deleted - records));
      state.deleted = upTo;
    }
  }

  synchronized void seeBacklog(long oldestMicros, Map<String, Long> oldestPerDevice) {
    oldestBacklogMicros = oldestMicros;
    oldestBacklog = oldestPerDevice;
  }

  synchronized Set<String> devicesWithBacklog() {
    return oldestBacklog.keySet();
  }

  private LaneState state(Lane lane) {
    return lanes[lane.ordinal()];
  }
}
