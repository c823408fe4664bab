package io.linewright.edge.opcua;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a server is asked to watch a node.
 *
 * @param sampling requested sampling interval; empty: the fastest that the server has for the node
 * @param queue requested queue size, 1 to 65,535; empty: from the tag's pace, see {@link
 *     QueueSizes}
 * @param deadband changes that the server may keep to itself
 */
public record Monitoring(Optional<Duration> sampling, OptionalInt queue, Deadband deadband) {

  /** Largest queue that may be asked for. */
  public static final int MAX_QUEUE = 65_535;

  /** Everything as fast as the server can. */
  public static final Monitoring DEFAULT =
      new Monitoring(Optional.empty(), OptionalInt.empty(), Deadband.NONE);

  /**
   * @throws IllegalArgumentException if the queue is out of range
   */
  public Monitoring {
    if (queue.isPresent() && (queue.getAsInt() < 1 || queue.getAsInt() > MAX_QUEUE)) {
      throw new IllegalArgumentException("a queue has 1 to " + MAX_QUEUE + " places");
    }
  }

  /** Requested sampling interval in milliseconds; 0: the fastest. */
  public double samplingMillis() {
    return sampling.map(interval -> interval.toNanos() / 1e6).orElse(0.0);
  }
}
