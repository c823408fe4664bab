package io.linewright.edge.app.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.linewright.edge.app.wire.WireTap.Publish;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * A Sparkplug message as it was sent, read by the parser of the Sparkplug project's own definition
 * and not by ours.
 */
public record Sent(String type, String device, Publish packet, Payload payload) {

  /** Reads a captured message. */
  public static Sent of(Publish packet) {
    String[] parts = packet.topic().split("/", -1);
    try {
      return new Sent(
          parts[2], parts.length > 4 ? parts[4] : "", packet, Payload.parseFrom(packet.payload()));
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(packet.topic() + " is no Sparkplug payload", broken);
    }
  }

  /** All messages of one node, in order; STATE and commands are none. */
  public static List<Sent> of(WireTap tap, String node) {
    return tap.published("spBv1.0/").stream()
        .filter(packet -> packet.topic().contains("/" + node))
        .filter(packet -> !packet.topic().contains("CMD/"))
        .map(Sent::of)
        .toList();
  }

  /** Whether it is NDATA or DDATA. */
  public boolean data() {
    return type.endsWith("DATA");
  }

  /** Whether it is NBIRTH or DBIRTH. */
  public boolean birth() {
    return type.endsWith("BIRTH");
  }

  /** The metric of that name. */
  public Metric metric(String name) {
    return payload.getMetricsList().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(packet.topic() + " has no metric " + name));
  }

  /** Aliases of its metrics. */
  public Set<Long> aliases() {
    Set<Long> aliases = new HashSet<>();
    payload.getMetricsList().stream()
        .filter(Metric::hasAlias)
        .forEach(metric -> aliases.add(metric.getAlias()));
    return aliases;
  }
}
