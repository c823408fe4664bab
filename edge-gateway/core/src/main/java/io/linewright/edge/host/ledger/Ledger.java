package io.linewright.edge.host.ledger;

import io.linewright.model.telemetry.Lane;
import java.util.Map;

/**
 * What must outlive the host, written in the transaction of the data itself.
 *
 * @param epoch identity of the log that positions count in; 0 for foreign nodes
 * @param live how far the live lane has been carried
 * @param backfill how far the backfill lane has been carried
 * @param sequences last sequence number of events by record key
 * @param counts the node's books
 * @param seenMillis when the last message of a foreign node was taken over; 0 for our own nodes,
 *     which re-send what was missed
 */
public record Ledger(
    long epoch,
    LanePosition live,
    LanePosition backfill,
    Map<String, Long> sequences,
    NodeCounts counts,
    long seenMillis) {

  /** A node never heard of. */
  public static final Ledger EMPTY =
      new Ledger(0, LanePosition.START, LanePosition.START, Map.of(), NodeCounts.ZERO, 0);

  public Ledger {
    sequences = Map.copyOf(sequences);
  }

  public LanePosition lane(Lane lane) {
    return lane == Lane.LIVE ? live : backfill;
  }

  public Ledger withLane(Lane lane, LanePosition position) {
    return lane == Lane.LIVE
        ? new Ledger(epoch, position, backfill, sequences, counts, seenMillis)
        : new Ledger(epoch, live, position, sequences, counts, seenMillis);
  }

  public Ledger withCounts(NodeCounts newCounts) {
    return new Ledger(epoch, live, backfill, sequences, newCounts, seenMillis);
  }

  public Ledger withSequences(Map<String, Long> newSequences) {
    return new Ledger(epoch, live, backfill, newSequences, counts, seenMillis);
  }

  public Ledger withSeen(long millis) {
    return new Ledger(epoch, live, backfill, sequences, counts, millis);
  }

  /** The same node with another log: positions start again, events go on counting. */
  public Ledger withEpoch(long newEpoch) {
    return newEpoch == epoch
        ? this
        : new Ledger(
            newEpoch, LanePosition.START, LanePosition.START, sequences, counts, seenMillis);
  }

  /** The next sequence number of a record key. */
  public long nextSequence(String key) {
    return sequences.getOrDefault(key, 0L) + 1;
  }
}
