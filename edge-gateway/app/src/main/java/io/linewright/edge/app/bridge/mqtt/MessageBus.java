package io.linewright.edge.app.bridge.mqtt;

import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.edge.sparkplug.SparkplugTopic;
import java.time.Instant;

/** What the worker asks of the MQTT side. */
public interface MessageBus {

  /** Whether the host shall be online: connected, subscribed and announced. Returns at once. */
  void wantOnline(boolean online);

  /**
   * Tells a node how far it has been carried; a later call for the node replaces an earlier one.
   */
  void confirm(NodeId node, Ledger ledger);

  /** Asks a node for its births. */
  void requestBirths(NodeId node);

  /**
   * Publishes a command to a node or device: at once, or not at all if the host is not online or
   * too many wait.
   *
   * @param expiresAt from when on it is not published any more
   */
  void command(SparkplugTopic topic, byte[] payload, Instant expiresAt);
}
