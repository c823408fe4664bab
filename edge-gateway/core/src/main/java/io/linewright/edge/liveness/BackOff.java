package io.linewright.edge.liveness;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between tries: doubling from {@code first} to {@code longest}, each shortened at
 * random by up to half so that many gateways do not come back at once.
 *
 * @param first longest wait after the first failure
 * @param longest bound of all waits
 */
public record BackOff(Duration first, Duration longest) {

  /** 250 ms to 5 s. */
  public static final BackOff DEFAULT = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(5));

  /**
   * @throws IllegalArgumentException if a wait is not positive or the order is wrong
   */
  public BackOff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("back-off needs 0 < first <= longest");
    }
  }

  /**
   * Wait before the next try.
   *
   * @param failures failures in a row, 1 or more
   * @param random source of the jitter
   */
  public Duration after(int failures, RandomGenerator random) {
    int doublings = Math.clamp(failures - 1L, 0, 20);
    long most = Math.min(first.toNanos() << doublings, longest.toNanos());
    if (most <= 0) {
      most = longest.toNanos();
    }
    return Duration.ofNanos(most / 2 + random.nextLong(most / 2 + 1));
  }
}
