package io.linewright.bench.measure;

import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the event topics from begin to end and counts events that stand there more than once, by
 * their CloudEvents identity (source, id).
 *
 * @param events events read
 * @param repeated events beyond the first of each identity
 * @param sequenceGaps sources and keys whose {@code sequence} has a hole
 */
public record RepeatedEvents(long events, long repeated, long sequenceGaps) {

  private static final List<Topic> ALL = List.of(Topic.MACHINE_EVENTS, Topic.QUARANTINE);

  /**
   * Counts.
   *
   * @param kafka client properties with bootstrap servers and credentials
   */
  public static RepeatedEvents count(Map<String, Object> kafka) {
    return count(kafka, ALL);
  }

  /** The same for some topics. */
  public static RepeatedEvents count(Map<String, Object> kafka, List<Topic> topics) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    Counter counter = new Counter();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(counter::add);
      }
    }
    return counter.result();
  }

  private static final class Counter {
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Long> lastSequence = new HashMap<>();
    private long events;
    private long repeated;
    private long gaps;

    void add(ConsumerRecord<byte[], byte[]> record) {
      events++;
      String source = header(record, "ce_source");
      if (!seen.add(record.topic() + "|" + source + "|" + header(record, "ce_id"))) {
        repeated++;
      }
      String sequence = header(record, "ce_sequence");
      if (!sequence.isEmpty() && record.key() != null) {
        String key =
            record.topic() + "|" + source + "|" + new String(record.key(), StandardCharsets.UTF_8);
        long number = Long.parseLong(sequence);
        Long last = lastSequence.put(key, number);
        if (last != null && number != last + 1) {
          gaps++;
        }
      }
    }

    RepeatedEvents result() {
      return new RepeatedEvents(events, repeated, gaps);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
      Header header = record.headers().lastHeader(name);
      return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
  }
}
