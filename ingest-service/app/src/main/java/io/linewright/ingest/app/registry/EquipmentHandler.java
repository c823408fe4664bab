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
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Enters what gateways declare about equipment and tags. */
final class EquipmentHandler implements BatchHandler<List<ConsumerRecord<byte[], byte[]>>> {

  private final Announcements announcements;
  private final Registry registry;
  private final Quarantine quarantine;
  private final JsonMapper json;

  EquipmentHandler(
      Announcements announcements, Registry registry, Quarantine quarantine, JsonMapper json) {
    this.announcements = announcements;
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
    announcements.begin();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        enter(record, transactionTime, changed);
      } catch (JacksonException | IllegalArgumentException unreadable) {
        refused.add(SetAside.whole(record, "not an announcement: " + unreadable.getMessage()));
      }
    }
    boolean reload = announcements.end();
    var counts =
        new StageCounts(records.size(), records.size() - refused.size(), refused.size(), 0);
    return new Stored(
        counts,
        refused,
        () -> {
          changed.forEach(registry::put);
          if (reload) {
            registry.load();
          }
        });
  }

  @Override
  public void setAside(List<SetAside> refused) {
    quarantine.keep("ingest.registry", refused, false);
  }

  private void enter(ConsumerRecord<byte[], byte[]> record, Instant now, List<Tag> changed) {
    if (record.value() == null) {
      end(record, now);
      return;
    }
    Instant time = time(record, now);
    switch (header(record, "ce_type")) {
      case EventTypes.EQUIPMENT_ANNOUNCED -> {
        var announced = json.readValue(record.value(), EquipmentAnnounced.class);
        EquipmentPath path = EquipmentPath.parse(required(announced.path(), "path"));
        UUID id = announced.equipmentId() == null ? null : UUID.fromString(announced.equipmentId());
        announcements.equipment(announced, path, id, time);
      }
      case EventTypes.TAG_ANNOUNCED -> {
        var announced = json.readValue(record.value(), TagAnnounced.class);
        Instant since = announced.since();
        changed.add(tag(announced, since == null || since.isAfter(time) ? time : since));
      }
      case String other -> throw new IllegalArgumentException("unknown ce_type '" + other + "'");
    }
  }

  private Tag tag(TagAnnounced tag, Instant time) {
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
    return announcements.tag(tag, path, type, time);
  }

  /** A tombstone of equipment ends its path; of a tag, nothing: its history stays. */
  private void end(ConsumerRecord<byte[], byte[]> record, Instant now) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.contains("#")) {
      announcements.ended(key, now);
    }
  }

  /** When it was said; a gateway whose clock is ahead says it now. */
  private static Instant time(ConsumerRecord<byte[], byte[]> record, Instant now) {
    String text = header(record, "ce_time");
    if (text.isEmpty()) {
      return now;
    }
    try {
      Instant time = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      return time.isAfter(now) ? now : time;
    } catch (DateTimeParseException noTime) {
      throw new IllegalArgumentException("ce_time '" + text + "' is no instant", noTime);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static String required(@Nullable String value, String field) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("field " + field + " is missing");
    }
    return value;
  }
}
