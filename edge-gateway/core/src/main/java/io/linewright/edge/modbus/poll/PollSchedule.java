package io.linewright.edge.modbus.poll;

import java.time.Duration;

/**
 * When the cycles of a poller are due: at fixed times, {@code start + k * interval}. A late cycle
 * does not move the ones after it. A cycle that has not begun when the next one is due is missed:
 * it is left out and counted.
 */
public final class PollSchedule {

  private final long intervalNanos;
  private long due;

  /**
   * @param interval time between two cycles, more than 0
   * @param start nano time of the first cycle
   */
  public PollSchedule(Duration interval, long start) {
    this.intervalNanos = interval.toNanos();
    this.due = start;
    if (intervalNanos <= 0) {
      throw new IllegalArgumentException("a poll interval must be positive, not " + interval);
    }
  }

  /** Nanoseconds until the next cycle is due; 0 if it is. */
  public long until(long nanoTime) {
    return Math.max(0, due - nanoTime);
  }

  /**
   * Begins the cycle that is due.
   *
   * @return cycles that were missed before it
   * @throws IllegalStateException if none is due
   */
  public long begin(long nanoTime) {
    long late = nanoTime - due;
    if (late < 0) {
      throw new IllegalStateException("no cycle is due");
    }
    long missed = late / intervalNanos;
    due += (missed + 1) * intervalNanos;
    return missed;
  }
}
