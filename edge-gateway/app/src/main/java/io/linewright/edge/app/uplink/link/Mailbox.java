package io.linewright.edge.app.uplink.link;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.RebirthRequest;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.app.sparkplug.StateMessage;
import io.linewright.edge.app.uplink.books.SendBooks;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what hosts send to the node and hands commands on; what cannot be read is counted. */
public final class Mailbox {

  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
  private static final HostWord NOTHING = new HostWord.Nothing();

  private final String host;
  private final NodeTopics topics;
  private final HostMessages others;
  private final SendBooks books;

  /**
   * @param host id of the primary host
   */
  public Mailbox(String host, NodeTopics topics, HostMessages others, SendBooks books) {
    this.host = host;
    this.topics = topics;
    this.others = others;
    this.books = books;
  }

  /** What a message says to the session. */
  public HostWord read(String topic, byte[] payload) {
    if (topic.equals(SparkplugTopic.state(host))) {
      return state(payload);
    }
    if (topic.equals(topics.confirmation())) {
      return confirmation(payload);
    }
    return SparkplugTopic.parse(topic)
        .filter(parsed -> parsed.type() == MessageType.NCMD || parsed.type() == MessageType.DCMD)
        .map(parsed -> command(parsed, payload))
        .orElse(NOTHING);
  }

  private HostWord state(byte[] payload) {
    Optional<StateMessage> told = StateMessage.read(payload);
    if (told.isEmpty()) {
      books.unreadable();
      LOG.warn("STATE of host {} cannot be read; it is passed over", host);
      return NOTHING;
    }
    if (told.get().online()) {
      others.heard(told.get().timestamp());
    }
    return new HostWord.State(told.get());
  }

  private HostWord confirmation(byte[] payload) {
    Optional<Confirmation> told = Confirmation.read(payload);
    if (told.isEmpty()) {
      books.unreadable();
      return NOTHING;
    }
    if (told.get().host().equals(host)) {
      others.heard(told.get().sentMillis());
    }
    return new HostWord.Confirmed(told.get());
  }

  private HostWord command(SparkplugTopic topic, byte[] bytes) {
    try {
      Payload payload = PayloadCodec.decode(bytes);
      payload.timestampMillis().ifPresent(others::heard);
      boolean births = topic.type() == MessageType.NCMD && RebirthRequest.isIn(payload);
      List<Metric> rest =
          payload.metrics().stream()
              .filter(metric -> !RebirthRequest.METRIC.equals(metric.name()))
              .toList();
      if (!rest.isEmpty()) {
        others.command(
            topic.address(), new Payload(payload.timestampMillis(), payload.seq(), rest));
      }
      return births ? new HostWord.BirthsWanted() : NOTHING;
    } catch (SparkplugFormatException broken) {
      books.unreadable();
      LOG.warn("A command on {} cannot be read: {}", topic, broken.getMessage());
      return NOTHING;
    }
  }
}
