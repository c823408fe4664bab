package io.linewright.bench.outage;

import io.linewright.bench.plant.Json;
import io.linewright.model.event.EventTypes;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.telemetry.TelemetryFormatException;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads, committed records only, what the bridge wrote to Kafka while it writes it: every value,
 * when it could be read, and every loss that was told.
 */
final class Arrivals implements AutoCloseable {

  /**
   * A loss that the platform was told of.
   *
   * @param equipment path
   * @param count how many values; null: unknown
   * @param reason why
   */
  record Loss(String equipment, @Nullable Long count, String reason) {}

  /**
   * A live value's way.
   *
   * @param sourceMicros source time
   * @param millis from there until it could be read from Kafka
   */
  record Way(long sourceMicros, long millis) {}

  /** Machines stand on a line of an area; gateways and bridges are of the site. */
  private static final int MACHINE_SEGMENTS = 5;

  private static final String LIVE_LINE = "/live/line-9/";
  private static final String RECONNECT_LANE = Topic.TELEMETRY.topicName();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Map<String, ValueColumns> tags = new HashMap<>();
  private final List<Loss> losses = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();
  private long planted;
  private long lastBacklogMillis;
  private long firstLiveMillis;
  private long backlogBefore = Long.MAX_VALUE;
  private volatile @Nullable Exception broken;

  /** Begins to read from the begin of the topics. */
  Arrivals(Map<String, Object> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(Topic.TELEMETRY, Topic.TELEMETRY_BACKFILL, Topic.MACHINE_EVENTS).stream()
            .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = Thread.ofPlatform().daemon().name("arrivals").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var polled = consumer.poll(Duration.ofMillis(100));
        long now = System.currentTimeMillis();
        synchronized (this) {
          for (ConsumerRecord<byte[], byte[]> record : polled) {
            take(record, now);
          }
        }
      }
    } catch (WakeupException closing) {
      // the bench is over
    } catch (TelemetryFormatException | RuntimeException failed) {
      broken = failed;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, long now)
      throws TelemetryFormatException {
    if (record.topic().equals(Topic.MACHINE_EVENTS.topicName())) {
      event(record);
      return;
    }
    TelemetryBatch batch = TelemetryCodec.decode(record.value());
    boolean live = batch.device().toString().contains(LIVE_LINE);
    boolean ofPlant = batch.device().segments().size() >= MACHINE_SEGMENTS;
    if (firstLiveMillis == 0 && record.topic().equals(RECONNECT_LANE)) {
      firstLiveMillis = now;
    }
    for (TagSeries series : batch.series()) {
      ValueColumns columns =
          tags.computeIfAbsent(batch.device() + "#" + series.tag(), t -> new ValueColumns());
      for (Sample sample : series.samples()) {
        columns.add(sample.sourceMicros(), text(sample.value()), sample.status().bits());
        planted += ofPlant ? 1 : 0;
        if (ofPlant && sample.sourceMicros() < backlogBefore) {
          lastBacklogMillis = now;
        }
        if (live) {
          ways.add(new Way(sample.sourceMicros(), now - sample.sourceMicros() / 1000));
        }
      }
    }
  }

  private void event(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    if (type == null
        || !new String(type.value(), StandardCharsets.UTF_8).equals(EventTypes.SAMPLES_LOST)) {
      return;
    }
    JsonNode loss = Json.parse(new String(record.value(), StandardCharsets.UTF_8));
    losses.add(
        new Loss(
            loss.path("equipment").asString(),
            loss.path("count").isIntegralNumber() ? loss.path("count").asLong() : null,
            loss.path("reason").asString("")));
  }

  private static String text(@Nullable SampleValue value) {
    return switch (value) {
      case null -> "";
      case SampleValue.BooleanValue(boolean v) -> Boolean.toString(v);
      case SampleValue.IntegerValue(long v) -> Long.toString(v);
      case SampleValue.DoubleValue(double v) -> Double.toString(v);
      case SampleValue.StringValue(String v) -> v;
      case SampleValue.BytesValue(byte[] v) -> new String(v, StandardCharsets.ISO_8859_1);
    };
  }

  /** From now on, what was measured before this source time is backlog. */
  synchronized void restored(long micros) {
    backlogBefore = micros;
    firstLiveMillis = 0;
    ways.clear();
  }

  /** Values of machines; what gateway and bridge say of themselves goes on for ever. */
  synchronized long planted() {
    return planted;
  }

  /** When a value of the backlog was last read, milliseconds since the epoch. */
  synchronized long lastBacklogMillis() {
    return lastBacklogMillis;
  }

  /** When the first record of the live lane was read after {@link #restored}; 0: not yet. */
  synchronized long firstLiveMillis() {
    return firstLiveMillis;
  }

  /** Ways of the live plant's values since {@link #restored}. */
  synchronized List<Way> ways() {
    return List.copyOf(ways);
  }

  /** Every loss told. */
  synchronized List<Loss> losses() {
    return List.copyOf(losses);
  }

  /**
   * Ends the reading and hands out what arrived per tag.
   *
   * @throws IllegalStateException if the reading broke off
   */
  Map<String, ValueColumns> finish() {
    close();
    Exception failure = broken;
    if (failure != null) {
      throw new IllegalStateException("reading from Kafka broke off", failure);
    }
    return tags;
  }

  @Override
  public void close() {
    if (thread.isAlive()) {
      consumer.wakeup();
      try {
        thread.join(10_000);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      consumer.close();
    }
  }
}
