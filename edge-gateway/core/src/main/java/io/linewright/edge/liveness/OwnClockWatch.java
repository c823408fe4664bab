package io.linewright.edge.liveness;

import java.time.Duration;

/**
 * Notices that the gateway's own clock was set, by hand or by a time service, from its difference
 * to one that nobody can set. Slow corrections, as a time service makes them, are no step; they are
 * followed.
 *
 * <p>Not safe for use by several threads.
 */
public final class OwnClockWatch {

  /** Smallest jump that counts: STEPT of RFC 5905, from which on time services set the clock. */
  static final Duration STEP = Duration.ofMillis(128);

  private boolean looked;
  private long difference;

  /**
   * Looks at both clocks; they must have been read together.
   *
   * @param clockMicros the gateway's clock, microseconds since 1970
   * @param steadyNanos a clock that only runs on, nanoseconds from anywhere
   * @return how far the gateway's clock was set since the last look, microseconds; 0 if it was not
   */
  public long look(long clockMicros, long steadyNanos) {
    long now = clockMicros - Math.floorDiv(steadyNanos, 1000L);
    long by = looked ? now - difference : 0;
    looked = true;
    difference = now;
    return Math.abs(by) >= STEP.toNanos() / 1000 ? by : 0;
  }
}
