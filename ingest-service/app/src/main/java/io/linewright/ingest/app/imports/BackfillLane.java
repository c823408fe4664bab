package io.linewright.ingest.app.imports;

import io.linewright.kit.exactlyonce.TopicIds;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Sends batches to the topic of the backfill, as the bridge does. */
final class BackfillLane implements AutoCloseable {

  /** Kafka does not take the values of an import; the cause is for people. */
  static final class RefusedByKafkaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedByKafkaException(Throwable cause) {
      super(
          "Kafka did not take the values: %s: %s"
              .formatted(cause.getClass().getSimpleName(), cause.getMessage()),
          cause);
    }
  }

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** Longer than the producer tries. */
  private static final long WAIT_SECONDS = 60;

  private static final String PART = "imports";

  private final KafkaClients clients;
  private final KafkaProducer<byte[], byte[]> producer;

  BackfillLane(KafkaClients clients) {
    this.clients = clients;
    this.producer = clients.producer(PART);
  }

  /**
   * Kafka's id of the topic now. If it is the same before something was sent and after it was
   * acknowledged, that topic has it.
   *
   * @throws RefusedByKafkaException if Kafka does not say
   */
  UUID topicId() {
    String topic = Topic.TELEMETRY_BACKFILL.topicName();
    try (Admin admin = clients.admin(PART)) {
      return new TopicIds(admin)
          .find(topic)
          .orElseThrow(() -> new KafkaException("There is no topic " + topic));
    } catch (KafkaException silent) {
      throw new RefusedByKafkaException(silent);
    }
  }

  /** What one import has sent. Used by one thread. */
  Sending sending(List<Long> nextOffsets) {
    return new Sending(nextOffsets);
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }

  /** Batches of one import on their way. */
  final class Sending {

    private final List<Future<RecordMetadata>> open = new ArrayList<>();
    private final List<Long> nextOffsets;
    private long openBytes;

    private Sending(List<Long> nextOffsets) {
      this.nextOffsets = new ArrayList<>(nextOffsets);
    }

    /**
     * Sends a batch; waits while the producer's buffer is full.
     *
     * @throws RefusedByKafkaException if Kafka does not answer
     */
    void send(TelemetryBatch batch) {
      try {
        ProducerRecord<byte[], byte[]> record = record(batch);
        open.add(producer.send(record));
        openBytes += record.value().length;
      } catch (KafkaException refused) {
        throw new RefusedByKafkaException(refused);
      }
    }

    /**
     * Waits until all that was sent is acknowledged by all replicas.
     *
     * @throws RefusedByKafkaException if something was not
     */
    void acknowledged() {
      try {
        for (Future<RecordMetadata> sent : open) {
          RecordMetadata stored = sent.get(WAIT_SECONDS, TimeUnit.SECONDS);
          while (nextOffsets.size() <= stored.partition()) {
            nextOffsets.add(0L);
          }
          nextOffsets.set(stored.partition(), stored.offset() + 1);
        }
        open.clear();
        openBytes = 0;
      } catch (ExecutionException refused) {
        throw new RefusedByKafkaException(
            refused.getCause() == null ? refused : refused.getCause());
      } catch (TimeoutException silent) {
        throw new RefusedByKafkaException(silent);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new RefusedByKafkaException(stopped);
      }
    }

    /** What was sent since it was last waited for. */
    long openBytes() {
      return openBytes;
    }

    /** Per partition the offset behind the last record; 0: none. */
    List<Long> nextOffsets() {
      return List.copyOf(nextOffsets);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(TelemetryBatch batch) {
    Headers headers = new RecordHeaders();
    headers.add("content-type", bytes("application/x-protobuf"));
    headers.add("schema", bytes("linewright.telemetry.v1"));
    headers.add("roles", bytes(roles(batch)));
    @Nullable Integer byKey = null;
    return new ProducerRecord<>(
        Topic.TELEMETRY_BACKFILL.topicName(),
        byKey,
        bytes(batch.device().toString()),
        TelemetryCodec.encode(batch),
        headers);
  }

  private static String roles(TelemetryBatch batch) {
    Set<TagRole> roles = EnumSet.noneOf(TagRole.class);
    for (TagSeries series : batch.series()) {
      roles.add(series.role());
    }
    return roles.stream().map(TagRole::toString).collect(Collectors.joining(","));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
