package io.linewright.edge.sparkplug;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A Sparkplug payload (Sparkplug 3.0, clause 6.4.5).
 *
 * @param timestampMillis when it was sent, milliseconds since the epoch; empty if left out
 * @param seq sequence number 0 to 255; empty if left out (NDEATH, commands)
 * @param metrics its metrics, in order
 */
public record Payload(OptionalLong timestampMillis, OptionalInt seq, List<Metric> metrics) {

  public Payload {
    metrics = List.copyOf(metrics);
  }
}
