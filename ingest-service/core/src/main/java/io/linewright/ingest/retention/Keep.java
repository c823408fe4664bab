package io.linewright.ingest.retention;

import java.time.Duration;

/**
 * How long something is kept. It goes by whole days of UTC, so that no minute, hour or day lies on
 * both sides of the boundary.
 *
 * @param atLeast at least so long; zero: for ever
 */
public record Keep(Duration atLeast) {

  /** What {@link #from} says if all is kept. */
  public static final long EVERYTHING = Long.MIN_VALUE;

  private static final long DAY = 86_400_000_000L;

  /**
   * @throws IllegalArgumentException if it is not zero and shorter than a day
   */
  public Keep {
    if (!atLeast.isZero() && atLeast.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "is %s; 1d or more is possible, or 0 for ever".formatted(atLeast));
    }
  }

  /** Whether nothing ever goes. */
  public boolean forever() {
    return atLeast.isZero();
  }

  /** Begin of the first day that is kept, both in microseconds; {@link #EVERYTHING}: all is. */
  public long from(long nowMicros) {
    if (forever()) {
      return EVERYTHING;
    }
    long oldest = nowMicros - Math.multiplyExact(atLeast.toSeconds(), 1_000_000L);
    return Math.floorDiv(oldest, DAY) * DAY;
  }
}
