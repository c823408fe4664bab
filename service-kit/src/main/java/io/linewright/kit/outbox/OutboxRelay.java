package io.linewright.kit.outbox;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.kafka.KafkaClients;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends what waits in the outbox, each event exactly once, also when the process dies between
 * Kafka's commit and the database's.
 *
 * <p>A batch gets its number in the database first. The Kafka transaction that sends it also
 * commits that number, as the offset of group {@code SERVICE.outbox} (no consumer belongs to it). A
 * new relay first ends its predecessor's transaction, then reads the number: batches up to it are
 * on Kafka and are only deleted, others are sent. The number is kept as long as Kafka keeps offsets
 * of idle groups ({@code offsets.retention.minutes}, 7 days): after a longer stop in exactly that
 * moment, one batch comes twice with equal {@code ce_id} and sequence.
 */
public final class OutboxRelay implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final String PART = "outbox";
  private static final int BATCH = 500;
  private static final long POLL_MILLIS = 500;
  private static final long RETRY_MILLIS = 1_000;

  private final DataSource dataSource;
  private final KafkaClients clients;
  private final JsonMapper json;
  private final RelaySignal signal;
  private final FaultPoints faults;

  private volatile boolean running;
  private volatile @Nullable Thread thread;
  private volatile String trouble = "";

  OutboxRelay(
      DataSource dataSource,
      KafkaClients clients,
      JsonMapper json,
      RelaySignal signal,
      FaultPoints faults) {
    this.dataSource = dataSource;
    this.clients = clients;
    this.json = json;
    this.signal = signal;
    this.faults = faults;
  }

  /** What keeps it from sending; empty if all is well. */
  public String trouble() {
    return trouble;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    signal.raise();
    Thread working = thread;
    if (working != null) {
      try {
        if (!working.join(Duration.ofSeconds(20))) {
          LOG.warn("Outbox relay did not stop within 20 s");
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try (OutboxTable table = new OutboxTable(dataSource.getConnection(), json)) {
        if (table.tryLock()) {
          relay(table);
        } else {
          trouble = "";
          signal.await(RETRY_MILLIS);
        }
      } catch (SQLException | KafkaException | ExecutionException | TimeoutException failed) {
        trouble = failed.getClass().getSimpleName() + ": " + failed.getMessage();
        LOG.warn("Outbox relay: {}; tries again", trouble);
        pause();
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  private void relay(OutboxTable table)
      throws SQLException, ExecutionException, TimeoutException, InterruptedException {
    boolean ready = false;
    KafkaProducer<byte[], byte[]> producer = null;
    try {
      while (running) {
        if (!ready && (table.oldestBatch().number() > 0 || table.formBatch(BATCH))) {
          producer = clients.transactionalProducer(PART);
          producer.initTransactions();
          table.deleteSent(lastSent());
          ready = true;
        }
        if (producer == null || !sendNext(table, producer)) {
          trouble = "";
          signal.await(POLL_MILLIS);
        }
      }
    } finally {
      if (producer != null) {
        producer.close(Duration.ofSeconds(5));
      }
    }
  }

  private boolean sendNext(OutboxTable table, KafkaProducer<byte[], byte[]> producer)
      throws SQLException {
    OutboxTable.Batch batch = table.oldestBatch();
    if (batch.records().isEmpty()) {
      if (!table.formBatch(BATCH)) {
        return false;
      }
      batch = table.oldestBatch();
    }
    TopicPartition anchor = new TopicPartition(batch.records().getFirst().topic(), 0);
    producer.beginTransaction();
    batch.records().forEach(producer::send);
    producer.sendOffsetsToTransaction(
        Map.of(anchor, new OffsetAndMetadata(batch.number())),
        new ConsumerGroupMetadata(clients.group(PART)));
    producer.commitTransaction();
    faults.reached("between-outbox-and-relay-mark");
    table.deleteSent(batch.number());
    return true;
  }

  /** Number of the last batch whose Kafka transaction has committed; 0 if none ever has. */
  private long lastSent() throws ExecutionException, TimeoutException, InterruptedException {
    try (Admin admin = clients.admin(PART)) {
      return admin
          .listConsumerGroupOffsets(
              clients.group(PART), new ListConsumerGroupOffsetsOptions().requireStable(true))
          .partitionsToOffsetAndMetadata()
          .get(15, TimeUnit.SECONDS)
          .values()
          .stream()
          .filter(Objects::nonNull)
          .mapToLong(OffsetAndMetadata::offset)
          .max()
          .orElse(0);
    }
  }

  private void pause() {
    try {
      signal.await(RETRY_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
