package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.imports.event.EventReaders;
import io.linewright.ingest.app.imports.event.EventReaders.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Holds an import up while it is too far ahead of what stores its values and reads its events. The
 * disk bound of a topic deletes what is old, processed or not; without this an import that is
 * faster would lose values and events, its own and those of gateways.
 */
final class HistorianLead {

  /** Records of one partition that may wait; each has at most 256 KiB. */
  static final long MOST_AHEAD = 200;

  /** The same of machine events, of which each has some hundred bytes. */
  static final long MOST_EVENTS_AHEAD = 50_000;

  private static final long LOOK_MILLIS = 250;

  /**
   * How the waiting ended.
   *
   * @param goOn whether few enough records wait; if not, somebody stands, or the caller gave up
   * @param standing consumer group that has read nothing for too long; empty: the historian, or
   *     nobody
   */
  record Waited(boolean goOn, String standing) {}

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
  private final EventReaders readers;
  private final Duration patience;
  private final InstantSource clock;

  HistorianLead(ImportStore store, EventReaders readers, Duration patience, InstantSource clock) {
    this.store = store;
    this.readers = readers;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Waits until few enough records wait.
   *
   * @param topicId Kafka's id of the topic of the values
   * @param eventOffsets as {@code nextOffsets}, of the events
   * @param goOn asked again and again meanwhile; false ends the waiting
   * @throws KafkaException if Kafka does not tell where the readers are
   */
  Waited await(UUID topicId, List<Long> nextOffsets, List<Long> eventOffsets, BooleanSupplier goOn)
      throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    long least = Long.MAX_VALUE;
    long leastEvents = Long.MAX_VALUE;
    while (goOn.getAsBoolean()) {
      long waiting = store.stored().waiting(topicId, nextOffsets);
      Seen seen = readers.look(eventOffsets);
      boolean behind = waiting > MOST_AHEAD;
      boolean unread = seen.waiting() > MOST_EVENTS_AHEAD;
      if (!behind && !unread) {
        return new Waited(true, "");
      }
      if ((behind && waiting < least) || (unread && seen.waiting() < leastEvents)) {
        least = Math.min(least, waiting);
        leastEvents = Math.min(leastEvents, seen.waiting());
        end = clock.instant().plus(patience);
      } else if (clock.instant().isAfter(end)) {
        return new Waited(false, behind ? "" : seen.slowest());
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return new Waited(false, "");
  }

  /**
   * Readers that are not waited for, because nobody is in their groups; none if there are no events
   * to read.
   *
   * @throws KafkaException if Kafka does not tell
   */
  List<String> absentReaders(List<Long> eventOffsets) {
    return readers.look(eventOffsets).absent();
  }
}
