package io.linewright.edge.app.bridge.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a whole topic. */
final class CompactedTopic {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private CompactedTopic() {}

  /** Takes one record of the topic; a null value deletes its key. */
  @FunctionalInterface
  interface Reader {
    void take(ConsumerRecord<byte[], byte[]> read);
  }

  /**
   * Hands every committed record up to the present end to the reader, in order per key. Compares
   * positions, not the offset of the last record: markers of transactions take offsets too.
   *
   * @throws KafkaException if the topic cannot be read to its end
   */
  static void readToEnd(Map<String, Object> connection, String topic, Reader reader) {
    readToEnd(connection, topic, "read_committed", reader);
  }

  /**
   * As {@link #readToEnd}, but with what transactions have not committed, and what lies behind it.
   */
  static void readAllToEnd(Map<String, Object> connection, String topic, Reader reader) {
    readToEnd(connection, topic, "read_uncommitted", reader);
  }

  private static void readToEnd(
      Map<String, Object> connection, String topic, String isolation, Reader reader) {
    Map<String, Object> p = new java.util.HashMap<>(connection);
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    p.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    p.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    p.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    try (var consumer =
        new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new KafkaException("topic " + topic + " does not exist");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long silentSince = System.nanoTime();
      while (partitions.stream().anyMatch(tp -> consumer.position(tp) < end(ends, tp))) {
        var records = consumer.poll(POLL);
        records.forEach(reader::take);
        if (!records.isEmpty()) {
          silentSince = System.nanoTime();
        } else if (System.nanoTime() - silentSince > LONGEST_SILENCE.toNanos()) {
          throw new TimeoutException("topic " + topic + " cannot be read to its end");
        }
      }
    }
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }
}
