package io.linewright.oee.hourly;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.util.OptionalLong;

/**
 * A stretch of a machine's time in which it was to make one product.
 *
 * @param span when, at most 31 d
 * @param plannedBusyMicros how much of it was planned busy time, 0 to its length
 * @param idealNanos ideal cycle in nanoseconds, 1,000 (1 µs) or more; empty: none is known
 * @param produced all items, may be negative after corrections
 * @param good the good ones, may be negative
 */
public record TargetPart(
    Span span, long plannedBusyMicros, OptionalLong idealNanos, Quantity produced, Quantity good) {

  private static final long LONGEST = 31 * 86_400_000_000L;
  private static final long SHORTEST_CYCLE = 1_000;

  /**
   * @throws IllegalArgumentException if something is out of range
   */
  public TargetPart {
    if (span.micros() > LONGEST || plannedBusyMicros < 0 || plannedBusyMicros > span.micros()) {
      throw new IllegalArgumentException(
          "%d µs of %s cannot be planned busy time of at most 31 d"
              .formatted(plannedBusyMicros, span));
    }
    if (idealNanos.isPresent() && idealNanos.getAsLong() < SHORTEST_CYCLE) {
      throw new IllegalArgumentException(
          "an ideal cycle takes 1 µs or more, not " + idealNanos.getAsLong() + " ns");
    }
  }
}
