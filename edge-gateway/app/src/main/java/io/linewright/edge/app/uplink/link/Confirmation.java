package io.linewright.edge.app.uplink.link;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the platform says it has for good.
 *
 * @param host id of the host application that says so
 * @param epoch epoch of the log that it speaks of
 * @param live highest position of the live lane
 * @param backfill highest position of the backfill lane
 * @param sentMillis when it was said, by the host's clock; 0 if it does not say so
 */
public record Confirmation(String host, long epoch, long live, long backfill, long sentMillis) {

  private static final int MAX_BYTES = 4096;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads a confirmation; empty if it is none. */
  public static Optional<Confirmation> read(byte[] json) {
    return object(json)
        .filter(node -> whole(node.path("epoch")))
        .filter(node -> whole(node.path("live")))
        .filter(node -> whole(node.path("backfill")))
        .map(
            node ->
                new Confirmation(
                    node.path("host").asString(""),
                    node.path("epoch").asLong(),
                    node.path("live").asLong(),
                    node.path("backfill").asLong(),
                    whole(node.path("timestamp")) ? node.path("timestamp").asLong() : 0));
  }

  /** A number beyond 64 bits is none of ours; reading it as one would throw. */
  private static boolean whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  private static Optional<JsonNode> object(byte[] json) {
    if (json.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(json)).filter(JsonNode::isObject);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
