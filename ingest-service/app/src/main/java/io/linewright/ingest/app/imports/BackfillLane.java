package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.imports.event.EventRecords;
import io.linewright.ingest.app.imports.event.SentEvents;
import io.linewright.ingest.imports.ImportEvents;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends batches to the topic of the backfill and their events to that of machine events, as the
 * bridge does.
 */
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
  private final EventRecords events;

  BackfillLane(KafkaClients clients, JsonMapper json) {
    this.clients = clients;
    this.producer = clients.producer(PART);
    this.events = new EventRecords(json);
  }

  /**
   * Which events an earlier attempt has sent but not entered.
   *
   * @throws RefusedByKafkaException if Kafka does not say
   */
  SentEvents sent(SentEvents.Earlier earlier) {
    try {
      return SentEvents.read(clients, earlier);
    } catch (KafkaException silent) {
      throw new RefusedByKafkaException(silent);
    }
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

  /**
   * What one import has sent. Used by one thread.
   *
   * @param done what was entered before
   * @param sent events that were sent before and not entered
   */
  Sending sending(Import.Progress done, SentEvents sent) {
    return new Sending(done, sent);
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }

  /** Batches of one import on their way. */
  final class Sending {

    private final List<Future<RecordMetadata>> open = new ArrayList<>();
    private final List<Long> nextOffsets;
    private final List<Long> eventOffsets;
    private final Set<String> sentBefore;
    private long openBytes;
    private long eventCount;

    private Sending(Import.Progress done, SentEvents sent) {
      this.nextOffsets = new ArrayList<>(done.nextOffsets());
      this.eventOffsets = new ArrayList<>(done.events().nextOffsets());
      this.eventCount = done.events().count();
      this.sentBefore = sent.ids();
      for (int partition = 0; partition < sent.nextOffsets().size(); partition++) {
        advance(eventOffsets, partition, sent.nextOffsets().get(partition));
      }
    }

    /**
     * Sends a batch; waits while the producer's buffer is full.
     *
     * @throws RefusedByKafkaException if Kafka does not answer
     */
    void send(TelemetryBatch batch) {
      send(record(batch));
    }

    /**
     * Sends an event, unless an earlier attempt has; waits while the producer's buffer is full.
     *
     * @throws RefusedByKafkaException if Kafka does not answer
     */
    void send(ImportEvents.Raised event) {
      eventCount++;
      if (!sentBefore.contains(event.event().id())) {
        send(events.of(event));
      }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
      try {
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
          boolean event = stored.topic().equals(Topic.MACHINE_EVENTS.topicName());
          advance(event ? eventOffsets : nextOffsets, stored.partition(), stored.offset() + 1);
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

    /** Per partition the offset behind the last batch; 0: none. */
    List<Long> nextOffsets() {
      return List.copyOf(nextOffsets);
    }

    /** The same of events. */
    List<Long> eventOffsets() {
      return List.copyOf(eventOffsets);
    }

    /** Events of the import so far, those of earlier attempts included. */
    long eventCount() {
      return eventCount;
    }
  }

  private static void advance(List<Long> offsets, int partition, long next) {
    while (offsets.size() <= partition) {
      offsets.add(0L);
    }
    offsets.set(partition, Math.max(offsets.get(partition), next));
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
