package io.linewright.ingest.app.loss;

import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageCounts;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.SamplesLost;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the losses among the machine events; all others are none of its business. */
final class LossHandler implements BatchHandler<List<ConsumerRecord<byte[], byte[]>>> {

  private final LossStore store;
  private final Quarantine quarantine;
  private final JsonMapper json;
  private final LossMeters meters;

  LossHandler(LossStore store, Quarantine quarantine, JsonMapper json, LossMeters meters) {
    this.store = store;
    this.quarantine = quarantine;
    this.json = json;
    this.meters = meters;
  }

  @Override
  public List<ConsumerRecord<byte[], byte[]>> prepare(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().filter(LossHandler::mayBeLoss).toList();
  }

  @Override
  public Stored store(List<ConsumerRecord<byte[], byte[]>> records, Instant transactionTime) {
    List<SetAside> refused = new ArrayList<>();
    List<SamplesLost> added = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        SamplesLost loss = enter(record, transactionTime);
        if (loss != null) {
          added.add(loss);
        }
      } catch (JacksonException | IllegalArgumentException unreadable) {
        refused.add(SetAside.whole(record, "not a loss: " + unreadable.getMessage()));
      }
    }
    if (!added.isEmpty()) {
      store.bound();
    }
    int repeated = records.size() - added.size() - refused.size();
    return new Stored(
        new StageCounts(records.size(), added.size(), refused.size(), repeated),
        refused,
        () -> meters.told(added));
  }

  @Override
  public void setAside(List<SetAside> refused) {
    quarantine.keep("ingest.losses", refused, false);
  }

  /** The loss, if it was not known yet. */
  private @Nullable SamplesLost enter(ConsumerRecord<byte[], byte[]> record, Instant now) {
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalArgumentException("it is empty");
    }
    @Nullable SamplesLost loss = json.readValue(value, SamplesLost.class);
    if (loss == null
        || loss.equipment() == null
        || loss.from() == null
        || loss.to() == null
        || loss.reason() == null) {
      throw new IllegalArgumentException("a field is missing");
    }
    EquipmentPath.parse(loss.equipment());
    CloudEvent<SamplesLost> event = CloudEventHeaders.read(headers(record), loss);
    return store.add(event.source() + "#" + event.id(), loss, now) ? loss : null;
  }

  /** What does not say which event it is cannot be passed over as one of the others. */
  private static boolean mayBeLoss(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    return type == null
        || EventTypes.SAMPLES_LOST.equals(new String(type.value(), StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
