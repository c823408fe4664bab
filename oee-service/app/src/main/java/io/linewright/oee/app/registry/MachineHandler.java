package io.linewright.oee.app.registry;

import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageCounts;
import io.linewright.model.equipment.EquipmentLevel;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.equipment.TagName;
import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.setaside.SetAsides;
import io.linewright.oee.event.TrackKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Learns machines, their gateways and what they tell from what gateways declare. */
final class MachineHandler implements BatchHandler<List<ConsumerRecord<byte[], byte[]>>> {

  static final String STAGE = "oee.registry";

  private final MachineStore store;
  private final Identities identities;
  private final Devices devices;
  private final Tracks tracks;
  private final Handover handover;
  private final SetAsides setAsides;
  private final JsonMapper json;

  MachineHandler(
      MachineStore store,
      Identities identities,
      Devices devices,
      Tracks tracks,
      Handover handover,
      SetAsides setAsides,
      JsonMapper json) {
    this.store = store;
    this.identities = identities;
    this.devices = devices;
    this.tracks = tracks;
    this.handover = handover;
    this.setAsides = setAsides;
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
    store.lock();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        enter(record, transactionTime);
      } catch (JacksonException | IllegalArgumentException unreadable) {
        refused.add(SetAside.whole(record, "not an announcement: " + unreadable.getMessage()));
      }
    }
    store.changed();
    var counts =
        new StageCounts(records.size(), records.size() - refused.size(), refused.size(), 0);
    return new Stored(counts, refused, () -> {});
  }

  @Override
  public void setAside(List<SetAside> refused) {
    setAsides.keep(STAGE, refused);
  }

  private void enter(ConsumerRecord<byte[], byte[]> record, Instant now) {
    if (record.value() == null) {
      end(record, now);
      return;
    }
    Instant time = time(record, now);
    switch (header(record, "ce_type")) {
      case EventTypes.EQUIPMENT_ANNOUNCED ->
          equipment(json.readValue(record.value(), EquipmentAnnounced.class), time);
      case EventTypes.TAG_ANNOUNCED ->
          tag(json.readValue(record.value(), TagAnnounced.class), time);
      case String other -> throw new IllegalArgumentException("unknown ce_type '" + other + "'");
    }
  }

  private void equipment(EquipmentAnnounced said, Instant time) {
    EquipmentPath path = EquipmentPath.parse(required(said.path(), "path"));
    String group = required(said.group(), "group");
    String node = required(said.node(), "node");
    UUID id = said.equipmentId() == null ? null : UUID.fromString(said.equipmentId());
    Optional<Machine> machine = machine(path, id, time);
    boolean gateway = isGateway(path, group, node);
    boolean news =
        devices.announce(
            path.toString(), machine.map(Machine::id).orElse(null), group, node, gateway);
    if (!news) {
      return;
    }
    if (gateway) {
      for (int known : devices.machinesOf(path.toString())) {
        handover.carriedBy(store.byId(known), path.toString());
      }
    } else {
      machine.ifPresent(
          carried -> devices.gateway(group, node).ifPresent(by -> handover.carriedBy(carried, by)));
    }
  }

  private void tag(TagAnnounced said, Instant time) {
    EquipmentPath path = EquipmentPath.parse(required(said.path(), "path"));
    new TagName(required(said.name(), "name"));
    Optional<TrackKind> kind = Tracks.kindOf(required(said.role(), "role"));
    if (kind.isEmpty()) {
      return;
    }
    MachineAddress address = MachineAddress.of(path);
    Machine machine =
        machine(path, null, time)
            .orElseGet(() -> identities.at(address.machine(), null, Times.micros(time)));
    if (tracks.add(machine.id(), address.track(kind.get(), said.name()), path.toString())) {
      handover.hasNewTrack(machine);
    }
  }

  /** The machine that the path is of, or of a part of it; empty above machines. */
  private Optional<Machine> machine(EquipmentPath path, @Nullable UUID id, Instant time) {
    MachineAddress address = MachineAddress.of(path);
    return address.isMachine()
        ? Optional.of(
            identities.at(
                address.machine(), address.module().isEmpty() ? id : null, Times.micros(time)))
        : Optional.empty();
  }

  /** A tombstone of equipment ends its path; of a tag, nothing: its history stays. */
  private void end(ConsumerRecord<byte[], byte[]> record, Instant now) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.contains("#")) {
      identities.ended(EquipmentPath.parse(key), Times.micros(now));
    }
  }

  /** By our convention; one with ids of its own is above the lines. */
  private static boolean isGateway(EquipmentPath path, String group, String node) {
    return new SparkplugAddress(group, node, Optional.empty())
            .equipment()
            .filter(path::equals)
            .isPresent()
        || path.level().compareTo(EquipmentLevel.WORK_CENTER) < 0;
  }

  /** When it was said; a gateway whose clock is ahead says it now. */
  private static Instant time(ConsumerRecord<byte[], byte[]> record, Instant now) {
    String text = header(record, "ce_time");
    if (text.isEmpty()) {
      return now;
    }
    try {
      Instant time = Instant.parse(text);
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
