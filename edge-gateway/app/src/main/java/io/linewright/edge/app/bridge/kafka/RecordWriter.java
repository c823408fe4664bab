package io.linewright.edge.app.bridge.kafka;

import io.linewright.edge.host.HostFact;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.RecordQuarantined;
import io.linewright.model.telemetry.Lane;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Facts as Kafka records: topic, key, headers, bytes. */
public final class RecordWriter {

  private static final String STAGE = "bridge";
  private static final int MAX_QUARANTINED_BYTES = 64 * 1024;

  private final JsonMapper mapper;
  private final String hostId;

  RecordWriter(JsonMapper mapper, String hostId) {
    this.mapper = mapper;
    this.hostId = hostId;
  }

  /** Values of one device. */
  public ProducerRecord<byte[], byte[]> telemetry(HostFact.Telemetry fact) {
    TelemetryBatch batch = fact.batch();
    Headers headers = new RecordHeaders();
    headers.add("content-type", bytes("application/x-protobuf"));
    headers.add("schema", bytes("linewright.telemetry.v1"));
    headers.add("roles", bytes(roles(batch)));
    Topic topic = fact.lane() == Lane.LIVE ? Topic.TELEMETRY : Topic.TELEMETRY_BACKFILL;
    return one(topic, bytes(batch.device().toString()), TelemetryCodec.encode(batch), headers);
  }

  private static String roles(TelemetryBatch batch) {
    Set<TagRole> roles = EnumSet.noneOf(TagRole.class);
    for (TagSeries series : batch.series()) {
      roles.add(series.role());
    }
    return roles.stream().map(TagRole::toString).collect(Collectors.joining(","));
  }

  /** A machine event. */
  public ProducerRecord<byte[], byte[]> event(HostFact.MachineEvent fact) {
    return cloudEvent(Topic.MACHINE_EVENTS, fact.key(), fact.event());
  }

  /** A step of a command. */
  public ProducerRecord<byte[], byte[]> progress(HostFact.Progress fact) {
    return cloudEvent(Topic.COMMAND_RESULTS, fact.key(), fact.event());
  }

  /** The bridge's own word on how a command ended. */
  public ProducerRecord<byte[], byte[]> progress(CommandProgress end) {
    String machine = TagKey.parse(end.tag()).equipment().toString();
    return cloudEvent(
        Topic.COMMAND_RESULTS,
        machine,
        new CloudEvent<>(
            end.id() + "." + end.step(),
            "/bridge/" + hostId,
            EventTypes.COMMAND_PROGRESS,
            end.at(),
            machine,
            OptionalLong.empty(),
            null,
            end));
  }

  /** A declaration, and the text by which a repeat of it is recognised. */
  public ProducerRecord<byte[], byte[]> declared(HostFact.Declared fact) {
    return cloudEvent(Topic.EQUIPMENT, fact.key(), fact.event());
  }

  /** A message that could not be read. */
  public ProducerRecord<byte[], byte[]> quarantined(
      String id, String topic, String cause, byte[] original, int size, Instant receivedAt) {
    byte[] cut =
        original.length > MAX_QUARANTINED_BYTES
            ? Arrays.copyOf(original, MAX_QUARANTINED_BYTES)
            : original;
    RecordQuarantined content =
        new RecordQuarantined(
            STAGE, topic, null, null, cause, Base64.getEncoder().encodeToString(cut), size);
    return cloudEvent(
        Topic.QUARANTINE,
        STAGE,
        new CloudEvent<>(
            STAGE + "/" + id,
            "/bridge/" + hostId,
            EventTypes.RECORD_QUARANTINED,
            receivedAt,
            topic,
            OptionalLong.empty(),
            null,
            content));
  }

  ProducerRecord<byte[], byte[]> position(byte[] key, byte[] value) {
    Headers headers = new RecordHeaders();
    headers.add("content-type", bytes("application/json"));
    return one(Topic.BRIDGE_POSITIONS, key, value, headers);
  }

  private ProducerRecord<byte[], byte[]> cloudEvent(Topic topic, String key, CloudEvent<?> event) {
    Headers headers = new RecordHeaders();
    CloudEventHeaders.of(event).forEach((name, value) -> headers.add(name, bytes(value)));
    return one(topic, bytes(key), mapper.writeValueAsBytes(event.data()), headers);
  }

  private static ProducerRecord<byte[], byte[]> one(
      Topic topic, byte[] key, byte[] value, Headers headers) {
    @Nullable Integer byKey = null;
    return new ProducerRecord<>(topic.topicName(), byKey, key, value, headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
