package io.linewright.ingest.app.quarantine;

import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageCounts;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.RecordQuarantined;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Collects what other stages have set aside, so that one page shows all of it. */
final class QuarantineHandler implements BatchHandler<List<ConsumerRecord<byte[], byte[]>>> {

  private static final byte[] NOTHING = {};

  private final Quarantine quarantine;
  private final JsonMapper json;

  QuarantineHandler(Quarantine quarantine, JsonMapper json) {
    this.quarantine = quarantine;
    this.json = json;
  }

  @Override
  public List<ConsumerRecord<byte[], byte[]>> prepare(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return records;
  }

  @Override
  public Stored store(List<ConsumerRecord<byte[], byte[]>> records, Instant transactionTime) {
    List<SetAside> refused = new ArrayList<>();
    List<QuarantineStore.Entry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Map<String, String> headers = headers(record);
      if (Quarantine.OWN_SOURCE.equals(headers.get("ce_source"))) {
        continue;
      }
      try {
        entries.add(entry(record, headers));
      } catch (JacksonException | IllegalArgumentException unreadable) {
        refused.add(SetAside.whole(record, "not a quarantined record: " + unreadable.getMessage()));
      }
    }
    int added = quarantine.add(entries).size();
    var counts =
        new StageCounts(
            entries.size() + refused.size(), added, refused.size(), entries.size() - added);
    return new Stored(counts, refused, () -> {});
  }

  /** Without an event: that would come back here. */
  @Override
  public void setAside(List<SetAside> refused) {
    List<String> ids = quarantine.ids(refused);
    List<QuarantineStore.Entry> unreadable = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      unreadable.add(Quarantine.entry(ids.get(i), "ingest.quarantine", refused.get(i), false));
    }
    quarantine.add(unreadable);
  }

  private QuarantineStore.Entry entry(
      ConsumerRecord<byte[], byte[]> record, Map<String, String> headers) {
    RecordQuarantined data =
        json.readValue(record.value() == null ? NOTHING : record.value(), RecordQuarantined.class);
    CloudEvent<RecordQuarantined> event = CloudEventHeaders.read(headers, data);
    if (!event.type().equals(EventTypes.RECORD_QUARANTINED)
        || data.stage() == null
        || data.origin() == null
        || data.cause() == null
        || data.payload() == null) {
      throw new IllegalArgumentException("ce_type or a field is not as declared");
    }
    return new QuarantineStore.Entry(
        event.source() + "#" + event.id(),
        data.stage(),
        data.origin(),
        data.partition(),
        data.offset(),
        data.cause(),
        Base64.getDecoder().decode(data.payload()),
        data.size(),
        false);
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
