package io.linewright.bench.fault;

import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts an unreadable record onto the telemetry topic every half second, each of them different. */
final class PoisonSource implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong number = new AtomicLong();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("poison").unstarted(task));

  PoisonSource(Map<String, Object> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("acks", "all");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    timer.scheduleWithFixedDelay(this::send, 1000, 500, TimeUnit.MILLISECONDS);
  }

  private void send() {
    byte[] text =
        ("not a telemetry batch " + number.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(Topic.TELEMETRY.topicName(), text, text),
        (metadata, failure) -> {
          if (failure == null) {
            acknowledged.incrementAndGet();
          }
        });
  }

  /** Stops, and says how many records Kafka has. */
  long stop() {
    timer.shutdownNow();
    producer.flush();
    return acknowledged.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close();
  }
}
