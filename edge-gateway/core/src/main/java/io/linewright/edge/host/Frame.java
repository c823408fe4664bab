package io.linewright.edge.host;

import io.linewright.edge.host.content.Micros;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.model.equipment.SparkplugAddress;
import java.time.Instant;

/**
 * One Sparkplug message as the host received it.
 *
 * @param topic where it came from
 * @param payload what it says
 * @param receivedAt when it came, by the host's clock
 */
public record Frame(SparkplugTopic topic, Payload payload, Instant receivedAt) {

  MessageType type() {
    return topic.type();
  }

  SparkplugAddress address() {
    return topic.address();
  }

  /** Device id; the empty text for messages of the node itself. */
  String device() {
    return topic.address().device().orElse("");
  }

  /** Time of the payload; host time if it has none. */
  long millis() {
    return payload.timestampMillis().orElse(receivedAt.toEpochMilli());
  }

  /** Host time in microseconds. */
  long receivedMicros() {
    return Micros.of(receivedAt);
  }
}
