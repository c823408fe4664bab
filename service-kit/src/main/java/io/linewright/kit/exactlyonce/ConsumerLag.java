package io.linewright.kit.exactlyonce;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a consumer is behind the ends of its partitions, also while it pauses. Only the thread of
 * the consumer looks; what it found may be read by any.
 */
final class ConsumerLag {

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerLag.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration TIME_LIMIT = Duration.ofSeconds(1);

  /** An end that was seen at some time, kept until everything before it is stored. */
  private record Mark(long end, Instant seen) {}

  /**
   * What was found last.
   *
   * @param since when the oldest mark was seen; null if all is stored
   */
  private record Found(long offsets, @Nullable Instant since) {}

  private final Map<TopicPartition, Long> stored = new HashMap<>();
  private final Map<TopicPartition, Mark> marks = new HashMap<>();
  private Instant next = Instant.EPOCH;
  private volatile @Nullable Found found;

  /**
   * Looks if it is time to. What is stored is remembered each time: while the database is away,
   * nobody else knows.
   *
   * @param expected offset after what is stored per partition; without those not known at present
   */
  void look(Consumer<?, ?> consumer, Map<TopicPartition, Long> expected, Instant now) {
    stored.putAll(expected);
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    stored.keySet().retainAll(consumer.assignment());
    marks.keySet().retainAll(stored.keySet());
    try {
      found = compare(consumer.endOffsets(stored.keySet(), TIME_LIMIT), now);
    } catch (ApiException noAnswer) {
      LOG.debug("Kafka does not tell where the partitions end", noAnswer);
    }
  }

  private Found compare(Map<TopicPartition, Long> ends, Instant now) {
    long behind = 0;
    Instant since = null;
    for (Map.Entry<TopicPartition, Long> entry : stored.entrySet()) {
      TopicPartition partition = entry.getKey();
      long reached = entry.getValue();
      long end = ends.getOrDefault(partition, reached);
      behind += Math.max(0, end - reached);
      Mark mark = marks.get(partition);
      if (mark == null || reached >= mark.end()) {
        mark = end > reached ? new Mark(end, now) : null;
      }
      if (mark == null) {
        marks.remove(partition);
      } else {
        marks.put(partition, mark);
        since = since == null || mark.seen().isBefore(since) ? mark.seen() : since;
      }
    }
    return new Found(behind, since);
  }

  /** How many offsets are not stored; empty before the first look. */
  OptionalDouble offsets() {
    Found last = found;
    return last == null ? OptionalDouble.empty() : OptionalDouble.of(last.offsets());
  }

  /** For how long at least one of them has been waiting. */
  Duration age(Instant now) {
    Found last = found;
    Instant since = last == null ? null : last.since();
    return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }
}
