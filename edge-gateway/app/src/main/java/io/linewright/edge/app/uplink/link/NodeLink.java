package io.linewright.edge.app.uplink.link;

import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.SparkplugTopic;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The node's connection of the moment, with its will and subscriptions. For the sending thread. */
public final class NodeLink {

  private final NodeTopics topics;
  private final String host;
  private final UplinkSettings settings;
  private final Consumer<UplinkEvent> events;
  private @Nullable MqttLink link;

  /**
   * @param host id of the primary host
   * @param events told of what arrives and of the end, on the client's threads
   */
  public NodeLink(
      NodeTopics topics, String host, UplinkSettings settings, Consumer<UplinkEvent> events) {
    this.topics = topics;
    this.host = host;
    this.settings = settings;
    this.events = events;
  }

  /** Whether there is a connection. */
  public boolean isOpen() {
    return link != null;
  }

  /** Whether that is the present connection: what an old one still says does not count. */
  public boolean is(MqttLink other) {
    return link == other;
  }

  /**
   * Connects and subscribes.
   *
   * @param server place of the broker in the settings
   * @param death payload of the will
   * @throws IOException if the broker cannot be reached or refuses
   */
  public void open(int server, byte[] death) throws IOException, InterruptedException {
    String url = settings.servers().get(server);
    MqttLink fresh = new MqttLink(url, settings, topics.clientId(), ofDeath(death), events::accept);
    link = fresh;
    fresh.subscribe(
        topics.of(MessageType.NCMD, Optional.empty()),
        topics.of(MessageType.DCMD, Optional.of("+")),
        SparkplugTopic.state(host),
        topics.confirmation());
  }

  /**
   * Publishes; false if there is no connection.
   *
   * @throws IOException if the connection breaks
   */
  public boolean publish(String topic, byte[] payload) throws IOException, InterruptedException {
    MqttLink current = link;
    if (current == null) {
      return false;
    }
    current.publish(topic, payload);
    return true;
  }

  /**
   * Ends the connection, if there is one.
   *
   * @param announce whether the death is published first; otherwise the broker publishes the will
   */
  public void close(boolean announce, byte[] death) {
    MqttLink old = link;
    link = null;
    if (old == null) {
      return;
    }
    if (announce) {
      old.leave(ofDeath(death));
    } else {
      old.abandon();
    }
  }

  private MqttLink.Message ofDeath(byte[] payload) {
    return new MqttLink.Message(topics.of(MessageType.NDEATH, Optional.empty()), payload);
  }
}
