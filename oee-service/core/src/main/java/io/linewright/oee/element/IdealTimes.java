package io.linewright.oee.element;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.quantity.Rounded;
import java.time.Duration;

/**
 * How long items would have taken at the ideal cycle, PRI: summed over products and machines, each
 * with its own. Any may be negative, as counts may.
 *
 * @param producedMicros of all items, Σ PRI · PQ
 * @param goodMicros of the good ones, Σ PRI · GQ
 * @param startUpRejectMicros of those that are lost with every start
 * @param without how many items have no ideal cycle, and are in none of the sums
 */
public record IdealTimes(
    long producedMicros, long goodMicros, long startUpRejectMicros, Quantity without) {

  /** Of no items. */
  public static final IdealTimes NONE = new IdealTimes(0, 0, 0, Quantity.ZERO);

  /** A quantity is in millionths, and a thousand nanoseconds are a microsecond. */
  private static final long PER_MICRO = 1_000_000_000;

  /**
   * Of what was made of one product on one machine.
   *
   * @param cycle ideal time of one item, more than 0; its nanoseconds count
   * @throws IllegalArgumentException if the cycle is not positive
   * @throws ArithmeticException if a time is not in ±2<sup>63</sup> µs
   */
  public static IdealTimes of(Counts counts, Duration cycle) {
    return new IdealTimes(
        micros(counts.produced(), cycle),
        micros(counts.good(), cycle),
        micros(counts.startUpReject(), cycle),
        Quantity.ZERO);
  }

  /**
   * Of items that have no ideal cycle.
   *
   * @param produced how many there were
   */
  public static IdealTimes unknown(Quantity produced) {
    return new IdealTimes(0, 0, 0, produced);
  }

  /**
   * How long that many items take, to the nearest microsecond, halves up.
   *
   * @param cycle of one item, more than 0; its nanoseconds count
   * @throws IllegalArgumentException if the cycle is not positive
   * @throws ArithmeticException if it is not in ±2<sup>63</sup> µs, or the cycle is longer than 292
   *     years
   */
  public static long micros(Quantity items, Duration cycle) {
    if (!cycle.isPositive()) {
      throw new IllegalArgumentException("an ideal cycle is longer than " + cycle);
    }
    return Rounded.quotient(items.millionths(), cycle.toNanos(), PER_MICRO);
  }

  /**
   * Of both.
   *
   * @throws ArithmeticException if a sum is out of range
   */
  public IdealTimes plus(IdealTimes other) {
    return new IdealTimes(
        Math.addExact(producedMicros, other.producedMicros),
        Math.addExact(goodMicros, other.goodMicros),
        Math.addExact(startUpRejectMicros, other.startUpRejectMicros),
        without.plus(other.without));
  }
}
