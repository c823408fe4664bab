package io.linewright.edge.opcua;

import java.time.Duration;
import java.util.Optional;

/** How many values a server must be asked to keep per monitored item. */
public final class QueueSizes {

  /** Smallest queue that is requested. */
  public static final int MIN = 10;

  /** Largest queue that is requested. */
  public static final int MAX = 10_000;

  /**
   * Twice the changes that are expected between two publish answers, within {@link #MIN} and {@link
   * #MAX}: one publishing interval may be late without a value being lost.
   *
   * @param publishingInterval time between two answers
   * @param sampling expected time between two changes; empty: unknown
   */
  public static int of(Duration publishingInterval, Optional<Duration> sampling) {
    if (sampling.isEmpty() || sampling.get().isZero()) {
      return sampling.isEmpty() ? MIN : MAX;
    }
    double changes = (double) publishingInterval.toNanos() / sampling.get().toNanos();
    return (int) Math.clamp(Math.ceil(2 * changes), MIN, MAX);
  }

  private QueueSizes() {}
}
