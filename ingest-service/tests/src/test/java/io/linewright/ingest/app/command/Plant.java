package io.linewright.ingest.app.command;

import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandStep;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the bridge says and hears of commands, on Kafka. */
final class Plant implements AutoCloseable {

  private final JsonMapper json = JsonMapper.builder().build();
  private final String bootstrapServers;
  private final KafkaProducer<String, String> producer;

  Plant(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new StringSerializer());
  }

  void announce(
      String path, String name, String type, @Nullable Double low, @Nullable Double high) {
    TagAnnounced tag =
        new TagAnnounced(path, name, type, "1", "process-value", low, high, null, "site", null);
    send(
        Topic.EQUIPMENT,
        path + "#" + name,
        json.writeValueAsString(tag),
        Map.of("ce_type", EventTypes.TAG_ANNOUNCED));
  }

  /** A word on a command by that source. */
  void tell(String source, String id, String tag, CommandStep step, Instant at, String detail) {
    tell(source, id, tag, step.toString(), at, detail);
  }

  void tell(String source, String id, String tag, String step, Instant at, String detail) {
    send(
        Topic.COMMAND_RESULTS,
        tag.substring(0, Math.max(0, tag.indexOf('#'))),
        json.writeValueAsString(new CommandProgress(id, tag, step, at, detail)),
        Map.of(
            "ce_type",
            EventTypes.COMMAND_PROGRESS,
            "ce_id",
            id + "." + step,
            "ce_source",
            source,
            "ce_time",
            at.toString()));
  }

  private void send(Topic topic, String key, String body, Map<String, String> headers) {
    var record = new ProducerRecord<>(topic.topicName(), key, body);
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(record);
    producer.flush();
  }

  /** All records of a topic whose value has that text, in the order of their partition. */
  List<ConsumerRecord<String, String>> records(Topic topic, String text) {
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found.stream()
        .filter(record -> record.value() != null && record.value().contains(text))
        .toList();
  }

  static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
