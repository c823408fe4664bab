package io.linewright.kit.outbox;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.outbox.RelayState.Condition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
  private static final long COUNT_NANOS = 5_000_000_000L;

  private final DataSource dataSource;
  private final KafkaClients clients;
  private final JsonMapper json;
  private final RelaySignal signal;
  private final FaultPoints faults;
  private final InstantSource clock;

  private volatile boolean running;
  private volatile @Nullable Thread thread;
  private volatile RelayState state;
  private volatile Backlog backlog = Backlog.NONE;

  /** When the backlog was counted last; null: never. */
  private @Nullable Long countedNanos;

  /** The batch that is being sent, for people; empty if none is. */
  private String sending = "";

  OutboxRelay(
      DataSource dataSource,
      KafkaClients clients,
      JsonMapper json,
      RelaySignal signal,
      FaultPoints faults,
      InstantSource clock) {
    this.dataSource = dataSource;
    this.clients = clients;
    this.json = json;
    this.signal = signal;
    this.faults = faults;
    this.clock = clock;
    this.state = new RelayState(Condition.STARTING, "", clock.instant());
  }

  /** What it is doing now. */
  public RelayState state() {
    return state;
  }

  /** What is not on Kafka yet, as of a few seconds ago; also what another process has to send. */
  public Backlog backlog() {
    return backlog;
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
    try {
      while (running) {
        attempt();
      }
      enter(Condition.STOPPED, "");
    } catch (InterruptedException interrupted) {
      enter(Condition.STOPPED, "");
    } catch (Error deadly) {
      enter(Condition.FAILED, Failures.describe(deadly) + "; see the log, then restart");
      throw deadly;
    }
  }

  private void attempt() throws InterruptedException {
    try (OutboxTable table = new OutboxTable(dataSource.getConnection(), json)) {
      if (table.tryLock()) {
        relay(table);
      } else {
        count(table);
        enter(Condition.STANDBY, "");
        signal.await(RETRY_MILLIS);
      }
    } catch (SQLException database) {
      waitAfter(Condition.DATABASE_UNAVAILABLE, database);
    } catch (KafkaException | ExecutionException | TimeoutException kafka) {
      waitAfter(Failures.refusal(kafka) ? Condition.REFUSED : Condition.KAFKA_UNAVAILABLE, kafka);
    } catch (RuntimeException unexpected) {
      LOG.debug("Outbox relay: will try again", unexpected);
      waitAfter(Condition.REFUSED, unexpected);
    }
  }

  private void relay(OutboxTable table)
      throws SQLException, ExecutionException, TimeoutException, InterruptedException {
    boolean ready = false;
    KafkaProducer<byte[], byte[]> producer = null;
    try {
      while (running) {
        count(table);
        if (!ready && (table.oldestBatch().number() > 0 || table.formBatch(BATCH))) {
          producer = clients.transactionalProducer(PART);
          producer.initTransactions();
          table.deleteSent(lastSent());
          ready = true;
        }
        boolean sent = producer != null && sendNext(table, producer);
        enter(Condition.RUNNING, "");
        if (!sent) {
          backlog = Backlog.NONE;
          signal.await(POLL_MILLIS);
        }
      }
    } finally {
      if (producer != null) {
        producer.close(Duration.ofSeconds(5));
      }
    }
  }

  /** Now and then, and by the connection that is open anyway: metrics must not cost statements. */
  private void count(OutboxTable table) throws SQLException {
    long now = System.nanoTime();
    if (countedNanos == null || now - countedNanos > COUNT_NANOS) {
      countedNanos = now;
      backlog = table.backlog();
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
    sending = "batch %d for %s".formatted(batch.number(), topics(batch));
    TopicPartition anchor = new TopicPartition(batch.records().getFirst().topic(), 0);
    producer.beginTransaction();
    batch.records().forEach(producer::send);
    producer.sendOffsetsToTransaction(
        Map.of(anchor, new OffsetAndMetadata(batch.number())),
        new ConsumerGroupMetadata(clients.group(PART)));
    producer.commitTransaction();
    faults.reached("between-outbox-and-relay-mark");
    table.deleteSent(batch.number());
    sending = "";
    return true;
  }

  private static String topics(OutboxTable.Batch batch) {
    return batch.records().stream()
        .map(ProducerRecord::topic)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
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

  private void waitAfter(Condition condition, Exception failure) throws InterruptedException {
    String during = sending.isEmpty() ? "" : " (" + sending + ")";
    sending = "";
    enter(condition, Failures.describe(failure) + during);
    signal.await(RETRY_MILLIS);
  }

  private void enter(Condition condition, String detail) {
    RelayState before = state;
    if (before.condition() == condition && before.detail().equals(detail)) {
      return;
    }
    boolean same = before.condition() == condition;
    state = new RelayState(condition, detail, same ? before.since() : clock.instant());
    if (condition.waiting() || condition.needsDecision()) {
      LOG.warn("Outbox relay: {} {}", condition, detail);
    } else {
      LOG.info("Outbox relay: {}", condition);
    }
  }
}
