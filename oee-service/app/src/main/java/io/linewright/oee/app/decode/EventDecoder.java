package io.linewright.oee.app.decode;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.event.ContextReported;
import io.linewright.model.event.CountReported;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.historian.EquipmentMoved;
import io.linewright.model.machine.DeviceProgress;
import io.linewright.model.machine.EnergyReported;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.MachineAddress;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.EnergyRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads machine events. What it cannot read is a value, never an exception. */
public final class EventDecoder {

  /** Longest text of a state, an order, a reason. */
  static final int MAX_TEXT = 1_000;

  /** Most paths and tracks that are remembered, so that each is made once. */
  private static final int MAX_KNOWN = 20_000;

  private record Tag(String machine, String name, TrackKind kind) {}

  /** Under which address a tag speaks, and as which track. */
  private record Speaker(MachineAddress address, TrackName track) {}

  private final JsonMapper json;
  private final Map<Tag, Speaker> known = new ConcurrentHashMap<>();

  public EventDecoder(JsonMapper json) {
    this.json = json;
  }

  /** What the record says; empty if it is none of this service's business. */
  public Optional<Decoded> decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(read(record));
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException unreadable) {
      return Optional.of(
          new Decoded.Refused(record, "not a machine event: " + unreadable.getMessage()));
    }
  }

  private @Nullable Decoded read(ConsumerRecord<byte[], byte[]> record) {
    String type = header(record, "ce_type");
    if (record.value() == null) {
      throw new IllegalArgumentException("it is empty");
    }
    return switch (type) {
      case EventTypes.MACHINE_STATE -> state(record, data(record, MachineStateReported.class));
      case EventTypes.MACHINE_COUNT -> count(record, data(record, CountReported.class));
      case EventTypes.MACHINE_CONTEXT -> context(record, data(record, ContextReported.class));
      case EventTypes.MACHINE_ENERGY -> energy(record, data(record, EnergyReported.class));
      case EventTypes.MACHINE_PROGRESS -> complete(record, data(record, DeviceProgress.class));
      case EventTypes.SAMPLES_LOST -> lost(record, data(record, SamplesLost.class));
      case EventTypes.EQUIPMENT_MOVED -> moved(record, data(record, EquipmentMoved.class));
      case "" -> throw new IllegalArgumentException("header ce_type is missing");
      default -> null;
    };
  }

  private Decoded state(ConsumerRecord<byte[], byte[]> record, MachineStateReported said) {
    Integer number = said.state();
    String value = bounded(said.value());
    String text = value == null && number != null ? number.toString() : value;
    return told(
        record,
        speaker(said.machine(), said.tag(), TrackKind.STATE),
        said.machine(),
        said.ordinal(),
        said.historical(),
        key -> new StateSaid(key, text, status(said.status())));
  }

  private Decoded count(ConsumerRecord<byte[], byte[]> record, CountReported said) {
    return told(
        record,
        speaker(said.machine(), said.tag(), kind(said.kind())),
        said.machine(),
        said.ordinal(),
        said.historical(),
        key -> new CountRead(key, said.reading(), status(said.status())));
  }

  private Decoded context(ConsumerRecord<byte[], byte[]> record, ContextReported said) {
    String value = bounded(said.value());
    return told(
        record,
        speaker(said.machine(), said.tag(), kind(said.kind())),
        said.machine(),
        said.ordinal(),
        said.historical(),
        key -> new ContextSaid(key, value, status(said.status())));
  }

  private Decoded energy(ConsumerRecord<byte[], byte[]> record, EnergyReported said) {
    return told(
        record,
        speaker(said.machine(), said.tag(), kind(said.kind())),
        said.machine(),
        said.ordinal(),
        said.historical(),
        key -> new EnergyRead(key, said.value(), status(said.status())));
  }

  private Decoded complete(ConsumerRecord<byte[], byte[]> record, DeviceProgress progress) {
    String device = EquipmentPath.parse(required(progress.device(), "device")).toString();
    if (progress.completeUntil() == null) {
      throw new IllegalArgumentException("field completeUntil is missing");
    }
    return new Decoded.Complete(record, device, Times.micros(progress.completeUntil()));
  }

  private Decoded lost(ConsumerRecord<byte[], byte[]> record, SamplesLost lost) {
    String source = EquipmentPath.parse(required(lost.equipment(), "equipment")).toString();
    if (lost.from() == null || lost.to() == null) {
      throw new IllegalArgumentException("field from or to is missing");
    }
    String id =
        required(header(record, "ce_source"), "ce_source")
            + "#"
            + required(header(record, "ce_id"), "ce_id");
    return new Decoded.Lost(record, Loss.of(id, lost), source, required(lost.reason(), "reason"));
  }

  private Decoded moved(ConsumerRecord<byte[], byte[]> record, EquipmentMoved moved) {
    return new Decoded.Moved(
        record,
        UUID.fromString(required(moved.equipmentId(), "equipmentId")),
        EquipmentPath.parse(required(moved.to(), "to")),
        micros(record));
  }

  private interface Maker {
    MachineEvent make(EventKey key);
  }

  private static Decoded told(
      ConsumerRecord<byte[], byte[]> record,
      Speaker speaker,
      String device,
      int ordinal,
      boolean historical,
      Maker maker) {
    EventKey key = new EventKey(micros(record), speaker.track(), ordinal);
    return new Decoded.Told(record, speaker.address(), device, maker.make(key), historical);
  }

  private Speaker speaker(@Nullable String machine, @Nullable String tag, TrackKind kind) {
    Tag said = new Tag(required(machine, "machine"), required(tag, "tag"), kind);
    Speaker speaker = known.get(said);
    if (speaker == null) {
      MachineAddress address = MachineAddress.of(EquipmentPath.parse(said.machine()));
      speaker = new Speaker(address, address.track(kind, new TagName(said.name()).value()));
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      known.put(said, speaker);
    }
    return speaker;
  }

  private static TrackKind kind(@Nullable String role) {
    return Tracks.kindOf(required(role, "kind"))
        .orElseThrow(() -> new IllegalArgumentException("unknown kind '" + role + "'"));
  }

  private static @Nullable String bounded(@Nullable String value) {
    if (value != null && value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "value has %d characters, more than %d".formatted(value.length(), MAX_TEXT));
    }
    return value;
  }

  private static int status(long status) {
    if (status < 0 || status > 0xffff_ffffL) {
      throw new IllegalArgumentException("status " + status + " does not have 32 bits");
    }
    return (int) status;
  }

  private <T> T data(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    @Nullable T data = json.readValue(record.value(), type);
    if (data == null) {
      throw new IllegalArgumentException("it is null");
    }
    return data;
  }

  private static long micros(ConsumerRecord<byte[], byte[]> record) {
    return Rfc3339.instant(required(header(record, "ce_time"), "ce_time"));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static String required(@Nullable String value, String field) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("field " + field + " is missing");
    }
    return value;
  }
}
