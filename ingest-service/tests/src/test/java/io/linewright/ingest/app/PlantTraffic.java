package io.linewright.ingest.app;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends telemetry as the bridge does. */
public final class PlantTraffic implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;

  public PlantTraffic(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "linger.ms", "2",
                // A later request may not overtake the first one to a new partition (KAFKA-15591)
                "max.in.flight.requests.per.connection", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Doubles of one tag: pairs of source time and value. */
  public static TelemetryBatch doubles(String device, String tag, double... timesAndValues) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      samples.add(
          new Sample(
              SampleValue.of(timesAndValues[i + 1]), StatusCode.GOOD, (long) timesAndValues[i], 0));
    }
    return batch(device, tag, DataType.DOUBLE, samples);
  }

  /** Samples of one tag. */
  public static TelemetryBatch batch(
      String device, String tag, DataType type, List<Sample> samples) {
    return new TelemetryBatch(
        EquipmentPath.parse(device),
        "acme:graz",
        "gw-1",
        samples.getLast().sourceMicros() + 50_000,
        OptionalLong.empty(),
        List.of(new TagSeries(new TagName(tag), type, TagRole.TEMPERATURE, samples)));
  }

  public void send(Topic topic, TelemetryBatch batch) {
    queue(topic, batch);
    producer.flush();
  }

  /** Sends records that are no telemetry. */
  public void sendPoison(Topic topic, int count) {
    byte[] key = "poison".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < count; i++) {
      producer.send(new ProducerRecord<>(topic.topicName(), key, new byte[] {-1, (byte) i}));
    }
    producer.flush();
  }

  /** Sends some time soon; {@link #close()} waits for it. */
  void queue(Topic topic, TelemetryBatch batch) {
    producer.send(
        new ProducerRecord<>(
            topic.topicName(),
            batch.device().toString().getBytes(StandardCharsets.UTF_8),
            TelemetryCodec.encode(batch)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
