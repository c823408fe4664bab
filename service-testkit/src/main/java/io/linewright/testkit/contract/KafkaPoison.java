package io.linewright.testkit.contract;

import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One unreadable record in each of the topics that a service reads. */
public final class KafkaPoison implements Poison {

  private static final byte[] UNREADABLE = {-1, 0};

  private final TestKafka kafka;
  private final List<Topic> topics;
  private final LongSupplier counted;

  /**
   * @param counted how many records the service has set aside
   */
  public KafkaPoison(TestKafka kafka, List<Topic> topics, LongSupplier counted) {
    this.kafka = kafka;
    this.topics = List.copyOf(topics);
    this.counted = counted;
  }

  /** What the records hold. */
  public static byte[] unreadable() {
    return UNREADABLE.clone();
  }

  @Override
  public int send() {
    byte[] key = "poison".getBytes(StandardCharsets.UTF_8);
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Topic topic : topics) {
        producer.send(new ProducerRecord<>(topic.topicName(), key, UNREADABLE));
      }
    }
    return topics.size();
  }

  @Override
  public long setAside() {
    return counted.getAsLong();
  }
}
