package io.linewright.system.contract;

import io.linewright.model.event.EventTypes;
import io.linewright.model.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** AsyncAPI 3.0 document of the topic catalogue and the event records. */
final class AsyncApi {

  private AsyncApi() {}

  static Map<String, Object> document() {
    Map<String, Object> channels = new LinkedHashMap<>();
    Map<String, Object> messages = new TreeMap<>();
    for (Topic topic : Topic.values()) {
      Map<String, Object> references = new LinkedHashMap<>();
      if (topic == Topic.TELEMETRY || topic == Topic.TELEMETRY_BACKFILL) {
        references.put("TelemetryBatch", reference("messages", "TelemetryBatch"));
      }
      eventsOn(topic)
          .forEach(
              (type, record) -> {
                references.put(
                    record.getSimpleName(), reference("messages", record.getSimpleName()));
                messages.put(record.getSimpleName(), eventMessage(type, record));
              });
      channels.put(topic.topicName(), channel(topic, references));
    }
    messages.put("TelemetryBatch", telemetryMessage());
    return ordered(
        "asyncapi",
        "3.0.0",
        "info",
        ordered(
            "title",
            "Linewright topics",
            "version",
            "1",
            "description",
            "Records are read with isolation.level=read_committed. Generated from the topic"
                + " catalogue and the event records of common-model.",
            "license",
            Map.of("name", "Apache-2.0")),
        "defaultContentType",
        "application/json",
        "channels",
        channels,
        "components",
        ordered("messages", messages));
  }

  private static Map<String, Class<?>> eventsOn(Topic topic) {
    String domain =
        switch (topic) {
          case EQUIPMENT -> "io.linewright.equipment.";
          case MACHINE_EVENTS -> "io.linewright.machine.";
          case COMMANDS -> EventTypes.COMMAND_REQUESTED;
          case COMMAND_RESULTS -> EventTypes.COMMAND_PROGRESS;
          case MASTER_DATA -> "io.linewright.master.";
          case QUARANTINE -> "io.linewright.quarantine.";
          case OEE -> "io.linewright.oee.";
          case PRODUCTION_PERFORMANCE -> "io.linewright.production.";
          // Its messages come with what reads them.
          case PRODUCTION_ORDERS -> "none";
          case TELEMETRY, TELEMETRY_BACKFILL, BRIDGE_POSITIONS -> "none";
        };
    Map<String, Class<?>> events = new TreeMap<>();
    EventTypes.all()
        .forEach(
            (type, record) -> {
              if (type.startsWith(domain)) {
                events.put(type, record);
              }
            });
    return events;
  }

  private static Map<String, Object> channel(Topic topic, Map<String, Object> messages) {
    return ordered(
        "address",
        topic.topicName(),
        "description",
        topic.content() + ". Key: " + topic.key() + ".",
        "messages",
        messages,
        "bindings",
        Map.of(
            "kafka",
            ordered(
                "topic", topic.topicName(),
                "partitions", topic.partitions(),
                "topicConfiguration",
                    ordered(
                        "cleanup.policy",
                            List.of(topic.cleanup().name().toLowerCase(java.util.Locale.ROOT)),
                        "retention.ms", topic.retention().toMillis()))));
  }

  private static Map<String, Object> eventMessage(String type, Class<?> record) {
    return ordered(
        "name",
        type,
        "contentType",
        "application/json",
        "headers",
        ordered(
            "type", "object",
            "required", List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"),
            "properties",
                ordered(
                    "ce_type", Map.of("const", type),
                    "ce_sequence", ordered("type", "string", "pattern", "^[0-9]+$"))),
        "payload",
        JsonSchemas.of(record));
  }

  private static Map<String, Object> telemetryMessage() {
    return ordered(
        "name",
        "linewright.telemetry.v1.TelemetryBatch",
        "contentType",
        "application/x-protobuf",
        "summary",
        "Protobuf; schema in"
            + " common-model/src/main/proto/linewright/telemetry/v1/telemetry.proto",
        "headers",
        ordered(
            "type",
            "object",
            "properties",
            ordered(
                "roles",
                ordered(
                    "type", "string",
                    "description", "Roles of the tags inside, separated by commas"))));
  }

  private static Map<String, Object> reference(String kind, String name) {
    return Map.of("$ref", "#/components/" + kind + "/" + name);
  }

  static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
