package io.linewright.edge.sparkplug;

import io.linewright.model.equipment.SparkplugAddress;
import java.util.Optional;

/**
 * Topic of a Sparkplug message: {@code spBv1.0/group/type/node[/device]} (Sparkplug 3.0 chapter 4).
 *
 * @param type message type
 * @param address group, node and, for device messages, device
 */
public record SparkplugTopic(MessageType type, SparkplugAddress address) {

  /** First element of every topic. */
  public static final String NAMESPACE = "spBv1.0";

  /** Topic of the state of a host application. */
  public static String state(String hostId) {
    return NAMESPACE + "/STATE/" + hostId;
  }

  /** Reads a topic; empty if it is not one of a Sparkplug message (also for STATE). */
  public static Optional<SparkplugTopic> parse(String topic) {
    String[] parts = topic.split("/", -1);
    if (parts.length < 4 || parts.length > 5 || !parts[0].equals(NAMESPACE)) {
      return Optional.empty();
    }
    for (String part : parts) {
      if (part.isEmpty()) {
        return Optional.empty();
      }
    }
    MessageType type;
    try {
      type = MessageType.valueOf(parts[2]);
    } catch (IllegalArgumentException unknownType) {
      return Optional.empty();
    }
    if (type.ofDevice() != (parts.length == 5)) {
      return Optional.empty();
    }
    Optional<String> device = type.ofDevice() ? Optional.of(parts[4]) : Optional.empty();
    return Optional.of(new SparkplugTopic(type, new SparkplugAddress(parts[1], parts[3], device)));
  }

  @Override
  public String toString() {
    String node = NAMESPACE + "/" + address.group() + "/" + type + "/" + address.node();
    return address.device().map(device -> node + "/" + device).orElse(node);
  }
}
