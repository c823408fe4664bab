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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What this and other stages could not process. Bounded: when it is full, whoever wants to add
 * something pauses until records were submitted again or discarded.
 */
public final class Quarantine {

  /** {@code ce_source} of this service's own events; the listener leaves them out. */
  static final String OWN_SOURCE = "/ingest";

  /** Longest payload in an event; the table keeps all of it. */
  private static final int MAX_EVENT_PAYLOAD = 64 * 1024;

  private final QuarantineStore store;
  private final Outbox outbox;
  private final InstantSource clock;
  private final int maxRecords;
  private final AtomicLong lastCount = new AtomicLong();

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
    for (SetAside one : refused) {
      ConsumerRecord<byte[], byte[]> record = one.record();
      String source =
          "%s-%d@%d/%d".formatted(record.topic(), record.partition(), record.offset(), one.part());
      boolean added =
          add(
              new QuarantineStore.Entry(
                  OWN_SOURCE + "#" + source,
                  stage,
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  one.cause(),
                  one.payload(),
                  one.payload().length,
                  resubmittable));
      if (added) {
        publish(stage, one, source);
      }
    }
  }

  /** How many records wait; what was last seen, for streams that must not ask the table. */
  public long lastCount() {
    return lastCount.get();
  }

  /** How many records wait. */
  long count() {
    long count = store.count();
    lastCount.set(count);
    return count;
  }

  /**
   * Adds one record; false if it is there already.
   *
   * @throws PauseRequestedException if there is no room
   */
  boolean add(QuarantineStore.Entry entry) {
    if (count() >= maxRecords) {
      throw new PauseRequestedException(
          Condition.QUARANTINE_FULL,
          "quarantine holds %d records, its bound: submit again or discard some at /api/v1/quarantine"
              .formatted(maxRecords));
    }
    boolean added = store.add(entry);
    if (added) {
      lastCount.incrementAndGet();
    }
    return added;
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
