package io.linewright.edge.app.bridge.mqtt;

import io.linewright.edge.sparkplug.SparkplugTopic;
import java.time.Instant;

/** What the connection hands to the worker, in order. */
public sealed interface Incoming {

  /** Bytes that it holds in the queue. */
  int cost();

  /**
   * A message.
   *
   * @param topic where it came from
   * @param bytes its payload, cut if it is over-size
   * @param size length of the payload as received
   * @param receivedAt when it came
   */
  record Message(SparkplugTopic topic, byte[] bytes, int size, Instant receivedAt)
      implements Incoming {
    @Override
    public int cost() {
      return bytes.length + 256;
    }
  }

  /** Something was read of commands; wakes the worker. */
  record CommandsWait() implements Incoming {
    @Override
    public int cost() {
      return 0;
    }
  }

  /**
   * The connection was interrupted: births may have been missed.
   *
   * @param at when
   */
  record Interruption(Instant at) implements Incoming {
    @Override
    public int cost() {
      return 0;
    }
  }
}
