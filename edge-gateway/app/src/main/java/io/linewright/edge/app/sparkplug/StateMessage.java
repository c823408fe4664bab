package io.linewright.edge.app.sparkplug;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * STATE of a host application (Sparkplug 3.0, clause 6.4.29).
 *
 * @param online whether it is online
 * @param timestamp when it connected, or went, in milliseconds since the epoch
 */
public record StateMessage(boolean online, long timestamp) {

  private static final int MAX_BYTES = 4096;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads the payload of a STATE message; empty if it is none, or longer than 4 KiB. */
  public static Optional<StateMessage> read(byte[] json) {
    if (json.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(json);
      JsonNode time = node.path("timestamp");
      return node.path("online").isBoolean() && time.isIntegralNumber() && time.canConvertToLong()
          ? Optional.of(new StateMessage(node.path("online").booleanValue(), time.longValue()))
          : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /** The payload. */
  public byte[] toBytes() {
    return "{\"online\":%b,\"timestamp\":%d}"
        .formatted(online, timestamp)
        .getBytes(StandardCharsets.UTF_8);
  }
}
