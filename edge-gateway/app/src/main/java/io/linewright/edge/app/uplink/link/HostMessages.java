package io.linewright.edge.app.uplink.link;

import io.linewright.edge.sparkplug.Payload;
import io.linewright.model.equipment.SparkplugAddress;

/** Takes what hosts say besides state, confirmations and requests for births. Never blocks. */
public interface HostMessages {

  /** For a gateway that is never written to. */
  HostMessages IGNORED =
      new HostMessages() {
        @Override
        public void heard(long sentMillis) {}

        @Override
        public void command(SparkplugAddress to, Payload payload) {}
      };

  /**
   * A message of the platform arrived.
   *
   * @param sentMillis when it was sent, by the platform's clock
   */
  void heard(long sentMillis);

  /**
   * An NCMD or DCMD arrived that asks for more than births.
   *
   * @param to the node or one of its devices; the file need not name it
   */
  void command(SparkplugAddress to, Payload payload);
}
