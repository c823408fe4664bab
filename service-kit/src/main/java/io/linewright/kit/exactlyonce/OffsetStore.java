package io.linewright.kit.exactlyonce;

import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code consumer_offset}: how far each partition has been applied. */
final class OffsetStore {

  /**
   * Where a partition goes on.
   *
   * @param topicId Kafka's id of the topic when the offset was written
   * @param next offset of the next record to apply
   */
  record Position(UUID topicId, long next) {}

  /** Somebody else has moved the offset: this member no longer owns the partition. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(TopicPartition partition, long expected) {
      super(
          "%s is no longer at offset %d: another member has taken over"
              .formatted(partition, expected));
    }
  }

  private final JdbcClient jdbc;

  OffsetStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The stored position; a partition never seen before is entered at {@code firstOffset}. */
  Position findOrBegin(TopicPartition partition, UUID topicId, long firstOffset) {
    jdbc.sql(
            """
            INSERT INTO consumer_offset (topic, partition, topic_id, next_offset)
            VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        .params(partition.topic(), partition.partition(), topicId, firstOffset)
        .update();
    return jdbc.sql(
            "SELECT topic_id, next_offset FROM consumer_offset WHERE topic = ? AND partition = ?")
        .params(partition.topic(), partition.partition())
        .query((row, n) -> new Position(row.getObject(1, UUID.class), row.getLong(2)))
        .single();
  }

  /**
   * Moves offsets by compare-and-set, in the order of the map (sorted, so that two members cannot
   * block each other).
   *
   * @throws RefusedException if one is not where this member left it; the transaction must roll
   *     back
   */
  void advance(
      UUID topicId, Map<TopicPartition, Long> expected, SortedMap<TopicPartition, Long> next) {
    next.forEach(
        (partition, offset) -> {
          Long from = expected.get(partition);
          long known = from == null ? -1 : from;
          int moved =
              jdbc.sql(
                      """
                      UPDATE consumer_offset SET next_offset = ?
                      WHERE topic = ? AND partition = ? AND topic_id = ? AND next_offset = ?
                      """)
                  .params(offset, partition.topic(), partition.partition(), topicId, known)
                  .update();
          if (moved != 1) {
            throw new RefusedException(partition, known);
          }
        });
  }
}
