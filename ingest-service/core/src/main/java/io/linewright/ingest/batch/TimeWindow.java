package io.linewright.ingest.batch;

import java.time.Duration;

/**
 * Source times that a historian accepts. A clock that was reset to the year 2000, or stands in the
 * future, would otherwise make a partition for every day it claims; such samples are set aside, not
 * dropped.
 *
 * @param past how far back a source time may lie, positive
 * @param future how far ahead of the historian's clock it may lie, not negative
 */
public record TimeWindow(Duration past, Duration future) {

  /**
   * @throws IllegalArgumentException if {@code past} is not positive or {@code future} negative
   */
  public TimeWindow {
    if (past.isNegative() || past.isZero() || future.isNegative()) {
      throw new IllegalArgumentException(
          "a time window needs a positive past and a future of at least 0, not "
              + past
              + " and "
              + future);
    }
  }

  /** Whether the source time lies in the window around now; both in microseconds, ends included. */
  public boolean admits(long sourceMicros, long nowMicros) {
    return sourceMicros >= nowMicros - micros(past) && sourceMicros <= nowMicros + micros(future);
  }

  /**
   * Whether a source time is possible at all, for values whose age was judged when they were
   * imported; both in microseconds, end included.
   */
  public boolean admitsImported(long sourceMicros, long nowMicros) {
    return sourceMicros <= nowMicros + micros(future);
  }

  private static long micros(Duration duration) {
    return Math.multiplyExact(duration.toSeconds(), 1_000_000L) + duration.toNanosPart() / 1_000;
  }
}
