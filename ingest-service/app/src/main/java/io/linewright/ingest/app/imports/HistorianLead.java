package io.linewright.ingest.app.imports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds an import up while it is too far ahead of what stores it. The topic's disk bound deletes
 * what is old, processed or not; without this an import that is faster than the historian would
 * lose values, its own and those of gateways.
 */
final class HistorianLead {

  /** Records of one partition that may wait; each has at most 256 KiB. */
  static final long MOST_AHEAD = 200;

  private static final long LOOK_MILLIS = 250;

  /**
   * How far the historian has come with the backfill. Offsets of a topic say nothing of another one
   * of the same name, as there is after it was deleted and made again, or after a restore.
   *
   * @param next offset of the next record to store, by the topic's id and partition
   */
  record Stored(Map<UUID, Map<Integer, Long>> next) {

    /**
     * Whether everything before these offsets of that topic is processed; null: nobody can tell,
     * because the historian reads another one.
     */
    @Nullable Boolean has(@Nullable UUID topicId, List<Long> nextOffsets) {
      boolean nothingSent = nextOffsets.stream().allMatch(offset -> offset == 0);
      boolean another = !next.isEmpty() && (topicId == null || !next.containsKey(topicId));
      return another && !nothingSent ? null : waiting(topicId, nextOffsets) == 0;
    }

    /** Records of the partition where most wait. */
    long waiting(@Nullable UUID topicId, List<Long> nextOffsets) {
      Map<Integer, Long> stored = topicId == null ? Map.of() : next.getOrDefault(topicId, Map.of());
      long most = 0;
      for (int partition = 0; partition < nextOffsets.size(); partition++) {
        most = Math.max(most, nextOffsets.get(partition) - stored.getOrDefault(partition, 0L));
      }
      return most;
    }
  }

  private final ImportStore store;
  private final Duration patience;
  private final InstantSource clock;

  HistorianLead(ImportStore store, Duration patience, InstantSource clock) {
    this.store = store;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Waits until few enough records wait.
   *
   * @param goOn asked again and again meanwhile; false ends the waiting
   * @return whether to go on; false: the historian has stored nothing for too long, or {@code goOn}
   *     said no
   */
  boolean await(UUID topicId, List<Long> nextOffsets, BooleanSupplier goOn)
      throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    long least = Long.MAX_VALUE;
    while (goOn.getAsBoolean()) {
      long waiting = store.stored().waiting(topicId, nextOffsets);
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
}
