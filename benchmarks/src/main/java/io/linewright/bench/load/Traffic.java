package io.linewright.bench.load;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Makes telemetry and sends it, a record for each machine. */
public final class Traffic implements AutoCloseable {

  /** Records that are ready to be sent. */
  public record Burst(List<ProducerRecord<byte[], byte[]>> records, long samples) {}

  private final LoadTags tags;
  private final SplittableRandom random;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Connects.
   *
   * @param kafka client properties of a user that may write telemetry
   */
  public Traffic(LoadTags tags, long seed, Map<String, Object> kafka) {
    this.tags = tags;
    this.random = new SplittableRandom(seed);
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("acks", "all");
    properties.put("linger.ms", "5");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Samples of all tags, made beforehand so that sending costs next to nothing.
   *
   * @param rounds records of each machine
   * @param perRecord samples of each tag in a record
   * @param fromMicros source time of the first
   * @param stepMicros time between two samples of a tag
   */
  public Burst burst(Topic topic, int rounds, int perRecord, long fromMicros, long stepMicros) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(rounds * tags.machines());
    for (int round = 0; round < rounds; round++) {
      long begin = fromMicros + (long) round * perRecord * stepMicros;
      for (int machine = 0; machine < tags.machines(); machine++) {
        records.add(record(topic, machine, begin, perRecord, stepMicros));
      }
    }
    return new Burst(records, (long) rounds * perRecord * tags.count());
  }

  /**
   * Hands a burst to Kafka.
   *
   * @throws IllegalStateException if Kafka has refused one of the records before
   */
  public void send(Burst burst) {
    send(burst, () -> {});
  }

  /**
   * The same.
   *
   * @param acknowledged run when Kafka has all records of the burst, by a thread of Kafka's
   */
  public void send(Burst burst, Runnable acknowledged) {
    AtomicInteger waiting = new AtomicInteger(burst.records().size());
    for (ProducerRecord<byte[], byte[]> record : burst.records()) {
      producer.send(
          record,
          (metadata, refused) -> {
            if (refused != null) {
              failure.compareAndSet(null, refused);
            } else if (waiting.decrementAndGet() == 0) {
              acknowledged.run();
            }
          });
    }
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException("Kafka refused a record of the bench", refused);
    }
  }

  /** Waits until Kafka has everything. */
  public void flush() {
    producer.flush();
  }

  private ProducerRecord<byte[], byte[]> record(
      Topic topic, int machine, long begin, int perRecord, long step) {
    List<TagSeries> series = new ArrayList<>(tags.perMachine());
    for (int tag = 0; tag < tags.perMachine(); tag++) {
      List<Sample> samples = new ArrayList<>(perRecord);
      for (int i = 0; i < perRecord; i++) {
        SampleValue value = SampleValue.of(Math.round(random.nextDouble(2_000, 8_000)) / 100.0);
        samples.add(new Sample(value, StatusCode.GOOD, begin + i * step, 0));
      }
      series.add(
          new TagSeries(
              new TagName(tags.name(tag)), DataType.DOUBLE, TagRole.PROCESS_VALUE, samples));
    }
    TelemetryBatch batch =
        new TelemetryBatch(
            tags.machine(machine),
            "acme:graz",
            "bench",
            begin + perRecord * step,
            OptionalLong.empty(),
            series);
    return new ProducerRecord<>(
        topic.topicName(),
        batch.device().toString().getBytes(StandardCharsets.UTF_8),
        TelemetryCodec.encode(batch));
  }

  @Override
  public void close() {
    producer.close();
  }
}
