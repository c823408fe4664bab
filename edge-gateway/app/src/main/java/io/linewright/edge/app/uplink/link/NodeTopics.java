package io.linewright.edge.app.uplink.link;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.model.equipment.SparkplugAddress;
import java.util.Optional;

/** Names of the node on MQTT. */
public record NodeTopics(String group, String node) {

  /** Topic of a message of the node or one of its devices. */
  public String of(MessageType type, Optional<String> device) {
    return new SparkplugTopic(type, new SparkplugAddress(group, node, device)).toString();
  }

  /** Topic of data; the empty device is the node. */
  public String data(String device) {
    return device.isEmpty()
        ? of(MessageType.NDATA, Optional.empty())
        : of(MessageType.DDATA, Optional.of(device));
  }

  /** Topic of confirmations. */
  public String confirmation() {
    return LinewrightMetrics.confirmationTopic(group, node);
  }

  /** The same for every connection, so that a broker ends an older one. */
  public String clientId() {
    return "linewright-" + group.replace(':', '-') + "-" + node;
  }
}
