package io.linewright.ingest.app.imports.event;

import io.linewright.ingest.imports.ImportEvents.Raised;
import io.linewright.model.event.CloudEventHeaders;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Machine events as Kafka records, as the bridge writes them. */
public final class EventRecords {

  private final JsonMapper json;

  public EventRecords(JsonMapper json) {
    this.json = json;
  }

  /** The record of an event. */
  public ProducerRecord<byte[], byte[]> of(Raised raised) {
    Headers headers = new RecordHeaders();
    CloudEventHeaders.of(raised.event()).forEach((name, value) -> headers.add(name, bytes(value)));
    @Nullable Integer byKey = null;
    return new ProducerRecord<>(
        Topic.MACHINE_EVENTS.topicName(),
        byKey,
        bytes(raised.key()),
        json.writeValueAsBytes(raised.event().data()),
        headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
