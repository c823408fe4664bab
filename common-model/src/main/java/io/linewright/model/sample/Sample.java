package io.linewright.model.sample;

import org.jspecify.annotations.Nullable;

/**
 * One value of a tag at one instant. Within a tag, {@code (sourceMicros, ordinal)} is its identity:
 * the same pair again is a repeat, the same pair with another value a conflict.
 *
 * @param value the value; null if there is none, as in most Bad samples
 * @param status OPC UA status code
 * @param sourceMicros when the value came to be, by the source's clock: microseconds since
 *     1970-01-01T00:00:00Z. OPC UA's 100 ns are cut, not rounded
 * @param ordinal 0, 1, … among the values of this tag within one microsecond, given by the edge; at
 *     most {@link #MAX_ORDINAL}
 */
public record Sample(
    @Nullable SampleValue value, StatusCode status, long sourceMicros, int ordinal) {

  /** Highest ordinal; it fits a 16-bit column. */
  public static final int MAX_ORDINAL = Short.MAX_VALUE;

  /**
   * @throws IllegalArgumentException if the ordinal is negative or above {@link #MAX_ORDINAL}
   */
  public Sample {
    if (ordinal < 0 || ordinal > MAX_ORDINAL) {
      throw new IllegalArgumentException("ordinal " + ordinal + " is not in 0.." + MAX_ORDINAL);
    }
  }

  /** Whether the other sample says the same of the same instant. */
  public boolean repeats(Sample other) {
    return equals(other);
  }
}
