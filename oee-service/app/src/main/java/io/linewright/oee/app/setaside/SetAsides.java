package io.linewright.oee.app.setaside;

import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.RecordQuarantined;
import io.linewright.model.topic.Topic;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What this service could not store. The bytes go to the topic of the quarantine, where the
 * historian keeps them and shows them with those of all others; here is noted why, for the newest.
 * A set needs no second try: whoever sends the event again, right this time, has repaired it.
 */
public final class SetAsides {

  /** {@code ce_source} of what is told here. */
  public static final String SOURCE = "/oee";

  /** Longest payload in an event. */
  private static final int MAX_EVENT_PAYLOAD = 64 * 1024;

  private final SetAsideStore store;
  private final Outbox outbox;
  private final InstantSource clock;
  private final int maxRecords;

  SetAsides(SetAsideStore store, Outbox outbox, InstantSource clock, int maxRecords) {
    this.store = store;
    this.outbox = outbox;
    this.clock = clock;
    this.maxRecords = maxRecords;
  }

  /** Keeps what a stage sets aside, once, and tells it; inside the caller's transaction. */
  public void keep(String stage, List<SetAside> refused) {
    for (SetAside one : refused) {
      String id = id(one);
      if (store.add(SOURCE + "#" + id, stage, one)) {
        publish(stage, one, id);
      }
    }
    if (!refused.isEmpty()) {
      store.bound(maxRecords);
    }
  }

  /** The topic's id is in it: in a topic that was made anew offsets begin at 0 again. */
  private String id(SetAside one) {
    ConsumerRecord<byte[], byte[]> record = one.record();
    return "%s-%d@%s:%d/%d"
        .formatted(
            record.topic(),
            record.partition(),
            store
                .topicId(new TopicPartition(record.topic(), record.partition()))
                .map(UUID::toString)
                .orElse(""),
            record.offset(),
            one.part());
  }

  private void publish(String stage, SetAside one, String id) {
    ConsumerRecord<byte[], byte[]> record = one.record();
    byte[] payload = one.payload();
    byte[] cut =
        payload.length <= MAX_EVENT_PAYLOAD ? payload : Arrays.copyOf(payload, MAX_EVENT_PAYLOAD);
    outbox.add(
        Topic.QUARANTINE,
        stage,
        SOURCE,
        id,
        EventTypes.RECORD_QUARANTINED,
        clock.instant(),
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
