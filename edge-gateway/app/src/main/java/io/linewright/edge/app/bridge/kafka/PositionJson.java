package io.linewright.edge.app.bridge.kafka;

import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.ledger.LanePosition;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.edge.host.ledger.NodeCounts;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of the topic of positions: {@code host/group/node} for nodes, {@code host} for the bridge
 * itself, {@code host/claim} for whose the host id is.
 */
final class PositionJson {

  private record Position(
      long epoch,
      long live,
      long backfill,
      Map<String, Long> sequences,
      NodeCounts counts,
      long seen) {}

  private record Claim(String instance) {}

  private final String hostId;
  private final JsonMapper mapper;

  PositionJson(String hostId, JsonMapper mapper) {
    this.hostId = hostId;
    this.mapper = mapper;
  }

  byte[] key(NodeId node) {
    return bytes(hostId + "/" + node);
  }

  byte[] hostKey() {
    return bytes(hostId);
  }

  boolean isHost(byte[] key) {
    return text(key).equals(hostId);
  }

  byte[] claimKey() {
    return bytes(hostId + "/claim");
  }

  boolean isClaim(byte[] key) {
    return text(key).equals(hostId + "/claim");
  }

  byte[] writeClaim(String instance) {
    return mapper.writeValueAsBytes(new Claim(instance));
  }

  /** The process that claims the host id. */
  String readClaim(byte[] value) {
    try {
      return mapper.readValue(value, Claim.class).instance();
    } catch (JacksonException unreadable) {
      throw new IllegalStateException("the claim of the host id is not readable", unreadable);
    }
  }

  /** The node behind a key; empty if the record belongs to another host. */
  Optional<NodeId> node(byte[] key) {
    String[] parts = text(key).split("/", -1);
    return parts.length == 3 && parts[0].equals(hostId)
        ? Optional.of(new NodeId(parts[1], parts[2]))
        : Optional.empty();
  }

  byte[] write(Ledger ledger) {
    return mapper.writeValueAsBytes(
        new Position(
            ledger.epoch(),
            ledger.live().last(),
            ledger.backfill().last(),
            new TreeMap<>(ledger.sequences()),
            ledger.counts(),
            ledger.seenMillis()));
  }

  /**
   * @throws IllegalStateException if the record is not readable: going on without it would repeat
   *     values, so the bridge does not start
   */
  Ledger readLedger(byte[] value) {
    try {
      Position p = mapper.readValue(value, Position.class);
      return new Ledger(
          p.epoch,
          LanePosition.at(p.live),
          LanePosition.at(p.backfill),
          p.sequences,
          p.counts,
          p.seen);
    } catch (JacksonException | NullPointerException unreadable) {
      throw new IllegalStateException("a record of positions is not readable", unreadable);
    }
  }

  byte[] write(HostRecord host) {
    return mapper.writeValueAsBytes(host);
  }

  HostRecord readHost(byte[] value) {
    try {
      return mapper.readValue(value, HostRecord.class);
    } catch (JacksonException unreadable) {
      throw new IllegalStateException("the bridge's own record is not readable", unreadable);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
