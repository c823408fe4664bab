package io.linewright.ingest.app.imports.event;

import io.linewright.kit.kafka.KafkaClients;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;

/**
 * Which events an earlier attempt has sent and not entered. It was cut off between the two, so what
 * it has entered does not tell; the topic does. The next attempt does not send them again.
 *
 * @param ids of the events that the topic has, of more than {@value #MAX_IDS} the first ones
 * @param nextOffsets per partition, behind the last of them; 0: none
 */
public record SentEvents(Set<String> ids, List<Long> nextOffsets) {

  /** None. */
  public static final SentEvents NONE = new SentEvents(Set.of(), List.of());

  private static final String PART = "imports-resume";

  /** Clocks may differ, and what was sent last was acknowledged after the last sign of life. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  /** Most ids that are remembered: an import enters how far it is after fewer rows. */
  private static final int MAX_IDS = 100_000;

  private static final Duration SILENCE = Duration.ofSeconds(30);

  /**
   * The earlier attempts of an import.
   *
   * @param source CloudEvents source of its events
   * @param entered per partition, behind the last event that was entered; 0: none
   * @param begun when the import began
   * @param lastHeard when the attempt before was last heard of
   */
  public record Earlier(String source, List<Long> entered, Instant begun, Instant lastHeard) {}

  /**
   * Reads what lies behind the entered events.
   *
   * @throws KafkaException if Kafka does not answer
   */
  public static SentEvents read(KafkaClients clients, Earlier earlier) {
    try (Admin admin = clients.admin(PART);
        KafkaConsumer<byte[], byte[]> consumer = clients.consumer(PART, 5_000)) {
      Map<TopicPartition, Long> end = new HashMap<>();
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.MACHINE_EVENTS.topicName()).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      offsets(admin, partitions, OffsetSpec.latest()).forEach((p, of) -> end.put(p, of.offset()));
      Map<TopicPartition, ListOffsetsResultInfo> first =
          offsets(admin, partitions, OffsetSpec.earliest());
      long from = earlier.begun.minus(MARGIN).toEpochMilli();
      Map<TopicPartition, ListOffsetsResultInfo> since =
          offsets(admin, partitions, OffsetSpec.forTimestamp(from));
      consumer.assign(partitions);
      for (TopicPartition one : partitions) {
        long last = end.getOrDefault(one, 0L);
        long entered = at(earlier.entered, one.partition());
        long byTime = offset(since, one);
        long begin = entered > 0 ? entered : byTime < 0 ? last : byTime;
        consumer.seek(one, Math.clamp(begin, Math.min(offset(first, one), last), last));
      }
      return new Reading(consumer, end, earlier).toTheEnd();
    }
  }

  private static long offset(Map<TopicPartition, ListOffsetsResultInfo> all, TopicPartition one) {
    ListOffsetsResultInfo info = all.get(one);
    return info == null ? 0 : info.offset();
  }

  private static long at(List<Long> offsets, int partition) {
    return partition < offsets.size() ? offsets.get(partition) : 0;
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(one -> asked.put(one, spec));
    try {
      // As far as anything was written, open transactions of others included: their end is awaited.
      return admin.listOffsets(asked).all().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new KafkaException("Kafka does not tell the offsets of machine events", failed);
    } catch (InterruptedException stopped) {
      throw new InterruptException(stopped);
    }
  }

  /** One pass over the topic. */
  private static final class Reading {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> end;
    private final Earlier earlier;
    private final long lastMillis;
    private final Set<String> ids = new HashSet<>();
    private final List<Long> next = new ArrayList<>();

    Reading(
        KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end, Earlier earlier) {
      this.consumer = consumer;
      this.end = end;
      this.earlier = earlier;
      this.lastMillis = earlier.lastHeard.plus(MARGIN).toEpochMilli();
    }

    SentEvents toTheEnd() {
      long silentSince = System.nanoTime();
      Set<TopicPartition> open = new HashSet<>(end.keySet());
      while (!open.isEmpty()) {
        open.removeIf(one -> consumer.position(one) >= end.getOrDefault(one, 0L));
        consumer.pause(consumer.assignment().stream().filter(p -> !open.contains(p)).toList());
        if (open.isEmpty()) {
          break;
        }
        var records = consumer.poll(Duration.ofMillis(250));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          TopicPartition of = new TopicPartition(record.topic(), record.partition());
          if (record.timestamp() > lastMillis) {
            open.remove(of); // sent after the attempt before was last heard of
          } else {
            take(record);
          }
        }
        if (!records.isEmpty()) {
          silentSince = System.nanoTime();
        } else if (System.nanoTime() - silentSince > SILENCE.toNanos()) {
          throw new KafkaException("the machine events cannot be read to their end");
        }
      }
      return new SentEvents(ids, next);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      if (!earlier.source.equals(header(record, "ce_source"))) {
        return;
      }
      if (ids.size() < MAX_IDS) {
        ids.add(header(record, "ce_id"));
      }
      while (next.size() <= record.partition()) {
        next.add(0L);
      }
      next.set(record.partition(), record.offset() + 1);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
      Header header = record.headers().lastHeader(name);
      return header == null || header.value() == null
          ? ""
          : new String(header.value(), StandardCharsets.UTF_8);
    }
  }
}
