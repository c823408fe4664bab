package io.linewright.bench.historian;

import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a record of every machine onto a telemetry topic each second until it is stopped, through
 * every death of the broker: Kafka's idempotent producer tries again and keeps the order. One
 * machine of five goes by the lane of late values. Each second one record comes with them that
 * nobody can read: it has to be set aside, and an event has to tell of it.
 */
final class PacedLoad implements AutoCloseable {

  private static final int PATIENCE_MS = 300_000;

  /** Of so many machines one sends by the lane of late values. */
  static final int MACHINES_PER_LATE_ONE = 5;

  private final KafkaProducer<byte[], byte[]> producer;
  private final KnownSamples known;
  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile int seconds;

  PacedLoad(Map<String, Object> kafka, KnownSamples known) {
    this.known = known;
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 20);
    properties.put("delivery.timeout.ms", PATIENCE_MS);
    properties.put("max.block.ms", PATIENCE_MS);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.thread = Thread.ofPlatform().daemon().name("paced-load").start(this::run);
  }

  private void run() {
    long begin = System.nanoTime();
    try {
      while (!stopped && failure.get() == null) {
        for (int machine = 0; machine < known.machines(); machine++) {
          send(machine, seconds);
        }
        byte[] text = ("no telemetry batch " + seconds).getBytes(StandardCharsets.UTF_8);
        send(Topic.TELEMETRY, text, text, unreadable, 1);
        seconds++;
        long next = begin + TimeUnit.SECONDS.toNanos(seconds);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException refused) {
      failure.compareAndSet(null, refused);
    }
  }

  private void send(int machine, int second) {
    byte[] value = TelemetryCodec.encode(known.batch(machine, second));
    byte[] key = known.path(machine).getBytes(StandardCharsets.UTF_8);
    Topic lane = isLate(machine) ? Topic.TELEMETRY_BACKFILL : Topic.TELEMETRY;
    send(lane, key, value, samples, KnownSamples.PER_RECORD);
  }

  private void send(Topic topic, byte[] key, byte[] value, AtomicLong counter, int count) {
    producer.send(
        new ProducerRecord<>(topic.topicName(), key, value),
        (metadata, refused) -> {
          if (refused == null) {
            counter.addAndGet(count);
          } else {
            failure.compareAndSet(null, refused);
          }
        });
  }

  /** Whether a machine's samples go by the lane of late values. */
  static boolean isLate(int machine) {
    return machine % MACHINES_PER_LATE_ONE == MACHINES_PER_LATE_ONE - 1;
  }

  /** Samples that Kafka has by now, and records that cannot be read. */
  long acknowledged() {
    return samples() + unreadable();
  }

  /** Samples that Kafka has by now. */
  long samples() {
    return samples.get();
  }

  /** Records that Kafka has by now and nobody can read. */
  long unreadable() {
    return unreadable.get();
  }

  /**
   * Stops.
   *
   * @return seconds of every machine that Kafka has, all of them
   * @throws IOException if Kafka has not taken one, so that nobody can say what was sent
   */
  int stop() throws IOException, InterruptedException {
    stopped = true;
    if (!thread.join(Duration.ofMillis(PATIENCE_MS))) {
      throw new IOException(
          "Kafka has not taken the samples of second %d in %d s, %d were acknowledged before"
              .formatted(seconds, PATIENCE_MS / 1_000, acknowledged()));
    }
    // Ends by the delivery time-out at the latest.
    producer.flush();
    requireWell();
    return seconds;
  }

  /**
   * Checks that Kafka has taken all samples so far.
   *
   * @throws IOException if not: then nobody can say what was sent, and nothing more is
   */
  void requireWell() throws IOException {
    Exception refused = failure.get();
    if (refused != null) {
      throw new IOException("the bench could not put its samples into Kafka", refused);
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    producer.close(Duration.ofSeconds(5));
  }
}
