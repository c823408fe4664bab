package io.linewright.ingest.app.quarantine;

import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.PauseRequestedException;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.RecordQuarantined;
import io.linewright.model.topic.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What this and other stages could not process. Bounded: when it is full, whoever wants to add
 * something pauses until records were submitted again or discarded.
 */
public final class Quarantine {

  /** {@code ce_source} of this service's own events; the listener leaves them out. */
  static final String OWN_SOURCE = "/ingest";

  /** Longest payload in an event; the table keeps all of it. */
  private static final int MAX_EVENT_PAYLOAD = 64 * 1024;

  /** Time after which {@link #lastCount()} asks the table again. */
  private static final long REFRESH_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  private final QuarantineStore store;
  private final Outbox outbox;
  private final InstantSource clock;
  private final int maxRecords;
  private final AtomicLong lastCount = new AtomicLong();
  private final AtomicLong readAtMillis = new AtomicLong();
  private final AtomicBoolean counting = new AtomicBoolean();

  Quarantine(QuarantineStore store, Outbox outbox, InstantSource clock, int maxRecords) {
    this.store = store;
    this.outbox = outbox;
    this.clock = clock;
    this.maxRecords = maxRecords;
    lastCount.set(store.count());
  }

  /**
   * Keeps what a stage of this service sets aside, and tells others by event; inside the caller's
   * transaction.
   *
   * @throws PauseRequestedException if there is no room
   */
  public void keep(String stage, List<SetAside> refused, boolean resubmittable) {
    List<String> ids = ids(refused);
    List<QuarantineStore.Entry> entries = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      entries.add(entry(source(ids.get(i)), stage, refused.get(i), resubmittable));
    }
    Set<String> added = add(entries);
    for (int i = 0; i < ids.size(); i++) {
      if (added.contains(source(ids.get(i)))) {
        publish(stage, refused.get(i), ids.get(i));
      }
    }
  }

  /**
   * What identifies each of them, in the same order: its record and its place in that. The topic's
   * id is in it: in a topic that was made anew, or after a restore, offsets begin at 0 again.
   */
  List<String> ids(List<SetAside> refused) {
    Map<TopicPartition, String> topics = new HashMap<>();
    List<String> ids = new ArrayList<>(refused.size());
    for (SetAside one : refused) {
      ConsumerRecord<byte[], byte[]> record = one.record();
      String topicId =
          topics.computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()),
              partition -> store.topicId(partition).map(UUID::toString).orElse(""));
      ids.add(
          "%s-%d@%s:%d/%d"
              .formatted(record.topic(), record.partition(), topicId, record.offset(), one.part()));
    }
    return ids;
  }

  /**
   * How many records wait, for streams that must not ask the table each time: right after every
   * change by this process, at most {@link #REFRESH_MILLIS} late after one by others.
   */
  public long lastCount() {
    if (countIsOld()) {
      countIfPossible();
    }
    return lastCount.get();
  }

  /** The same for gauges, which must not wait for the database: another thread asks it. */
  long knownCount() {
    if (countIsOld() && counting.compareAndSet(false, true)) {
      Thread.startVirtualThread(
          () -> {
            try {
              countIfPossible();
            } finally {
              counting.set(false);
            }
          });
    }
    return lastCount.get();
  }

  /** Most records that may wait. */
  int bound() {
    return maxRecords;
  }

  /** Whether the table is to be asked again, by the one who hears so. */
  private boolean countIsOld() {
    long read = readAtMillis.get();
    long now = clock.millis();
    return now - read > REFRESH_MILLIS && readAtMillis.compareAndSet(read, now);
  }

  private void countIfPossible() {
    try {
      count();
    } catch (DataAccessException away) {
      LOG.debug("The quarantine cannot be counted at the moment", away);
    }
  }

  /** How many records wait. */
  long count() {
    long count = store.count();
    lastCount.set(count);
    return count;
  }

  /**
   * Adds what is not there yet, inside the caller's transaction, and returns the sources of what
   * was added. The bound is passed by what one transaction brings at most; otherwise a transaction
   * that brings more than the bound would wait for ever.
   *
   * @throws PauseRequestedException if there is no room
   */
  Set<String> add(List<QuarantineStore.Entry> entries) {
    if (entries.isEmpty()) {
      return Set.of();
    }
    long before = store.lockCount();
    Set<String> added = store.add(entries);
    if (before >= maxRecords && !added.isEmpty()) {
      throw new PauseRequestedException(
          Condition.QUARANTINE_FULL,
          "quarantine holds %d records, its bound is %d: submit again or discard some at /api/v1/quarantine"
              .formatted(before, maxRecords));
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            lastCount.set(before + added.size());
          }
        });
    return added;
  }

  static QuarantineStore.Entry entry(
      String source, String stage, SetAside one, boolean resubmittable) {
    ConsumerRecord<byte[], byte[]> record = one.record();
    return new QuarantineStore.Entry(
        source,
        stage,
        record.topic(),
        record.partition(),
        record.offset(),
        one.cause(),
        one.payload(),
        one.payload().length,
        resubmittable);
  }

  private static String source(String id) {
    return OWN_SOURCE + "#" + id;
  }

  private void publish(String stage, SetAside one, String id) {
    ConsumerRecord<byte[], byte[]> record = one.record();
    byte[] payload = one.payload();
    byte[] cut =
        payload.length <= MAX_EVENT_PAYLOAD ? payload : Arrays.copyOf(payload, MAX_EVENT_PAYLOAD);
    Instant now = clock.instant();
    outbox.add(
        Topic.QUARANTINE,
        stage,
        OWN_SOURCE,
        id,
        EventTypes.RECORD_QUARANTINED,
        now,
        record.topic(),
        new RecordQuarantined(
            stage,
            record.topic(),
            record.partition(),
            record.offset(),
            one.cause(),
            Base64.getEncoder().encodeToString(cut),
            payload.length));
  }
}
