package io.linewright.ingest.app.imports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Holds an import up while it is too far ahead of what stores it. The topic's disk bound deletes
 * what is old, processed or not; without this an import that is faster than the historian would
 * lose values, its own and those of gateways.
 */
final class HistorianLead {

  /** Records of one partition that may wait; each has at most 256 KiB. */
  static final long MOST_AHEAD = 200;

  private static final long LOOK_MILLIS = 250;

  private final ImportStore store;
  private final Duration patience;
  private final InstantSource clock;

  HistorianLead(ImportStore store, Duration patience, InstantSource clock) {
    this.store = store;
    this.patience = patience;
    this.clock = clock;
  }

  /** Whether the historian has processed everything before these offsets. */
  static boolean isStored(List<Long> nextOffsets, Map<Integer, Long> stored) {
    return waiting(nextOffsets, stored) == 0;
  }

  /**
   * Waits until few enough records wait.
   *
   * @param goOn asked again and again meanwhile; false ends the waiting
   * @return whether to go on; false: the historian has stored nothing for too long, or {@code goOn}
   *     said no
   */
  boolean await(List<Long> nextOffsets, BooleanSupplier goOn) throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    long least = Long.MAX_VALUE;
    while (goOn.getAsBoolean()) {
      long waiting = waiting(nextOffsets, store.stored());
      if (waiting <= MOST_AHEAD) {
        return true;
      }
      if (waiting < least) {
        least = waiting;
        end = clock.instant().plus(patience);
      } else if (clock.instant().isAfter(end)) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  /** Records of the partition where most wait. */
  private static long waiting(List<Long> nextOffsets, Map<Integer, Long> stored) {
    long most = 0;
    for (int partition = 0; partition < nextOffsets.size(); partition++) {
      long next = nextOffsets.get(partition);
      most = Math.max(most, next - stored.getOrDefault(partition, 0L));
    }
    return most;
  }
}
