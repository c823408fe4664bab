package io.linewright.oee.app;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.MachineEvents;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.historian.EquipmentMoved;
import io.linewright.model.machine.DeviceProgress;
import io.linewright.model.machine.EnergyReported;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tells of machines as the bridge does. */
public final class PlantEvents implements AutoCloseable {

  private static final String SOURCE = "/bridge/acme:graz/gw-1";

  private final JsonMapper json = JsonMapper.builder().build();
  private final AtomicLong losses = new AtomicLong();
  private final KafkaProducer<byte[], byte[]> producer;

  public PlantEvents(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "linger.ms", "2",
                // A later request may not overtake the first one to a new partition (KAFKA-15591)
                "max.in.flight.requests.per.connection", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The record of a value of a tag with a role. */
  public ProducerRecord<byte[], byte[]> told(
      String machine, String tag, TagRole role, Sample sample, boolean historical) {
    TagKey key = new TagKey(EquipmentPath.parse(machine), new TagName(tag));
    return record(
        Topic.MACHINE_EVENTS,
        MachineEvents.keyOf(key.equipment()),
        MachineEvents.of(SOURCE, key, role, sample, historical, OptionalLong.empty()));
  }

  /** A machine says its state. */
  public void state(String machine, long micros, String value) {
    send(
        told(
            machine, "state", TagRole.MACHINE_STATE, sample(micros, SampleValue.of(value)), false));
  }

  /** A counter of good items of a machine is read. */
  public void good(String machine, long micros, long reading) {
    send(told(machine, "good", TagRole.GOOD_COUNT, sample(micros, SampleValue.of(reading)), false));
  }

  /** A machine has taken so much energy. */
  public void energy(String machine, long micros, double kwh) {
    queue(
        event(
            Topic.MACHINE_EVENTS,
            MachineEvents.keyOf(EquipmentPath.parse(machine)),
            machine + "#kwh@" + micros,
            EventTypes.MACHINE_ENERGY,
            micros,
            new EnergyReported(machine, "kwh", "energy", kwh, 0, 0, false)));
  }

  /** A value that is good. */
  public static Sample sample(long micros, @Nullable SampleValue value) {
    return new Sample(value, StatusCode.GOOD, micros, 0);
  }

  /** A device has told everything up to a time. */
  public void complete(String device, long micros) {
    DeviceProgress progress = new DeviceProgress(device, Times.instant(micros), false);
    send(
        event(
            Topic.MACHINE_EVENTS,
            EquipmentPath.parse(device).line().toString(),
            device + "@" + micros,
            EventTypes.MACHINE_PROGRESS,
            micros,
            progress));
  }

  /** Values are lost. */
  public void lost(String equipment, long from, long to) {
    SamplesLost lost =
        new SamplesLost(
            equipment, Times.instant(from), Times.instant(to), null, "the log was full");
    send(
        event(
            Topic.MACHINE_EVENTS,
            EquipmentPath.parse(equipment).line().toString(),
            equipment + "#lost-" + losses.incrementAndGet() + "-" + from,
            EventTypes.SAMPLES_LOST,
            to,
            lost));
  }

  /** Somebody has moved equipment. */
  public void moved(String equipmentId, String from, String to, long micros) {
    send(
        event(
            Topic.MACHINE_EVENTS,
            EquipmentPath.parse(to).line().toString(),
            equipmentId + "@" + micros,
            EventTypes.EQUIPMENT_MOVED,
            micros,
            new EquipmentMoved(equipmentId, from, to, "anna", "new hall")));
  }

  /** A gateway declares equipment. */
  public void announce(String path, @Nullable String id, String node, long micros) {
    String level = EquipmentPath.parse(path).level().name();
    send(
        event(
            Topic.EQUIPMENT,
            path,
            path + "@" + micros,
            EventTypes.EQUIPMENT_ANNOUNCED,
            micros,
            new EquipmentAnnounced(path, id, level, "acme:graz", node)));
  }

  /** A gateway declares a tag. */
  public void announceTag(String path, String name, String role, long micros) {
    send(
        event(
            Topic.EQUIPMENT,
            path + "#" + name,
            path + "#" + name + "@" + micros,
            EventTypes.TAG_ANNOUNCED,
            micros,
            new TagAnnounced(path, name, "integer", "1", role, null, null, null, "site", null)));
  }

  private ProducerRecord<byte[], byte[]> event(
      Topic topic, String key, String id, String type, long micros, Object data) {
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return record(
        topic,
        key,
        new CloudEvent<>(id, SOURCE, type, time, key, OptionalLong.empty(), null, data));
  }

  private ProducerRecord<byte[], byte[]> record(Topic topic, String key, CloudEvent<?> event) {
    var record =
        new ProducerRecord<>(
            topic.topicName(),
            key.getBytes(StandardCharsets.UTF_8),
            json.writeValueAsBytes(event.data()));
    CloudEventHeaders.of(event)
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /** Sends; the record is in Kafka when this returns. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    queue(record);
    producer.flush();
  }

  /** Sends some time soon; {@link #flush()} waits for it. */
  public void queue(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  /** Waits until all is in Kafka. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
