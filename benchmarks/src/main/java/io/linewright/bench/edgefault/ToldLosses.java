package io.linewright.bench.edgefault;

import io.linewright.bench.edgefault.judge.Loss;
import io.linewright.bench.plant.Json;
import io.linewright.model.event.EventTypes;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;

/** Reads every loss that the platform was told of from the topic of machine events. */
final class ToldLosses {

  private ToldLosses() {}

  /**
   * Reads the topic from begin to end.
   *
   * @param kafka client properties with bootstrap servers and credentials
   */
  static List<Loss> read(Map<String, Object> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    List<Loss> losses = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.MACHINE_EVENTS.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (type(record).equals(EventTypes.SAMPLES_LOST)) {
            losses.add(loss(Json.parse(new String(record.value(), StandardCharsets.UTF_8))));
          }
        }
      }
    }
    return losses;
  }

  private static String type(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader("ce_type");
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Loss loss(JsonNode event) {
    return new Loss(
        event.path("equipment").asString(),
        micros(event.path("from").asString()),
        micros(event.path("to").asString()),
        event.path("count").isIntegralNumber() ? event.path("count").asLong() : null,
        event.path("reason").asString(""));
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
