package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageCounts;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.sample.DataType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Enters what gateways declare about equipment and tags. */
final class EquipmentHandler implements BatchHandler<List<ConsumerRecord<byte[], byte[]>>> {

  private final RegistryStore store;
  private final Registry registry;
  private final Quarantine quarantine;
  private final JsonMapper json;

  EquipmentHandler(RegistryStore store, Registry registry, Quarantine quarantine, JsonMapper json) {
    this.store = store;
    this.registry = registry;
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
    List<Tag> changed = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        enter(record, transactionTime).ifPresent(changed::add);
      } catch (JacksonException | IllegalArgumentException unreadable) {
        refused.add(SetAside.whole(record, "not an announcement: " + unreadable.getMessage()));
      }
    }
    var counts =
        new StageCounts(records.size(), records.size() - refused.size(), refused.size(), 0);
    return new Stored(counts, refused, () -> changed.forEach(registry::put));
  }

  @Override
  public void setAside(List<SetAside> refused) {
    quarantine.keep("ingest.registry", refused, false);
  }

  private Optional<Tag> enter(ConsumerRecord<byte[], byte[]> record, Instant now) {
    if (record.value() == null) {
      end(record, now);
      return Optional.empty();
    }
    return switch (type(record)) {
      case EventTypes.EQUIPMENT_ANNOUNCED -> {
        var announced = json.readValue(record.value(), EquipmentAnnounced.class);
        EquipmentPath path = EquipmentPath.parse(required(announced.path(), "path"));
        store.announce(announced, path, now);
        path.parent().ifPresent(parent -> store.ensureEquipment(parent, now));
        yield Optional.empty();
      }
      case EventTypes.TAG_ANNOUNCED ->
          Optional.of(announce(json.readValue(record.value(), TagAnnounced.class), now));
      case String other -> throw new IllegalArgumentException("unknown ce_type '" + other + "'");
    };
  }

  private Tag announce(TagAnnounced tag, Instant now) {
    EquipmentPath path = EquipmentPath.parse(required(tag.path(), "path"));
    new TagName(required(tag.name(), "name"));
    DataType type =
        DataType.of(required(tag.type(), "type"))
            .orElseThrow(() -> new IllegalArgumentException("unknown type " + tag.type()));
    if (TagRole.of(required(tag.role(), "role")).isEmpty()) {
      throw new IllegalArgumentException("unknown role " + tag.role());
    }
    if (DataClass.of(required(tag.dataClass(), "dataClass")).isEmpty()) {
      throw new IllegalArgumentException("unknown data class " + tag.dataClass());
    }
    required(tag.unit(), "unit");
    store
        .find(tag.path(), tag.name())
        .filter(known -> known.type() != type)
        .ifPresent(
            known -> {
              throw new IllegalArgumentException(
                  "tag %s is registered as %s and cannot become %s; give it another name"
                      .formatted(known.key(), known.type(), type));
            });
    store.ensureEquipment(path, now);
    return store.announce(tag);
  }

  /** A tombstone of equipment ends its path; of a tag, nothing: its history stays. */
  private void end(ConsumerRecord<byte[], byte[]> record, Instant now) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.contains("#")) {
      store.endPath(key, now);
    }
  }

  private static String type(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    return type == null ? "" : new String(type.value(), StandardCharsets.UTF_8);
  }

  private static String required(@Nullable String value, String field) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("field " + field + " is missing");
    }
    return value;
  }
}
