package io.linewright.edge.app.bridge.command;

import io.linewright.edge.host.command.DeliveryInput;
import java.time.Instant;

/** What was read of the topics of commands. */
public sealed interface CommandArrival {

  /** Something for the delivery. */
  record Input(DeliveryInput input) implements CommandArrival {}

  /**
   * A record that cannot be read.
   *
   * @param id names topic, partition and offset
   * @param at when it was written
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
  record Unreadable(String id, String topic, String cause, byte[] bytes, Instant at)
      implements CommandArrival {}
}
