package io.linewright.edge.liveness;

import java.time.Duration;

/**
 * Measures how long a device has been silent, in time during which this process was awake itself. A
 * pause of the process (garbage collection, a starved machine) delays the listener and its clock
 * alike and must not be taken for a silent device. How late an observation comes tells how starved
 * the process is: the delay does not count, and as much again is taken off the planned time, for
 * those who bring the answers run on the same processors. A quarter of the planned time counts
 * always, so that silence is found on the worst machine, too, if later.
 */
public final class Silence {

  /**
   * Shortest deadline. Below it, scheduling on a loaded two-core machine is mistaken for silence;
   * publishing and poll intervals under 250 ms are watched with this deadline.
   */
  public static final Duration FLOOR = Duration.ofMillis(500);

  /** Share of twice the interval that is waited; the rest is for marking the tags. */
  private static final double SHARE = 0.9;

  /** Part of the planned time that the latest observation still counts. */
  private static final int LEAST_PART = 4;

  /** Part of the planned time by which an observation may be late and still counts in full. */
  private static final int PUNCTUAL_PART = 2;

  private final long deadlineNanos;
  private final long tickNanos;
  private long silentNanos;
  private long observedAt;
  private boolean waiting;

  /**
   * @param interval time between two signs of life that a healthy device keeps
   */
  public Silence(Duration interval) {
    this.deadlineNanos = deadline(interval).toNanos();
    this.tickNanos = deadlineNanos / 10;
  }

  /** Time without a sign of life after which a device counts as silent: just under twice. */
  public static Duration deadline(Duration interval) {
    Duration twice = interval.multipliedBy(2);
    return Duration.ofNanos((long) (SHARE * Math.max(twice.toNanos(), FLOOR.toNanos())));
  }

  /** Planned nanoseconds between two observations. */
  public long tickNanos() {
    return tickNanos;
  }

  /** The device was heard, or nothing was asked of it. */
  public void heard(long nanoTime) {
    silentNanos = 0;
    observedAt = nanoTime;
    waiting = true;
  }

  /**
   * Observes that nothing was heard since the last call, {@link #tickNanos} ago or less as planned.
   *
   * @return true from the moment on at which the deadline has passed
   */
  public boolean nothingHeard(long nanoTime) {
    if (!waiting) {
      heard(nanoTime);
      return false;
    }
    silentNanos += awake(nanoTime - observedAt);
    observedAt = nanoTime;
    return silentNanos >= deadlineNanos;
  }

  /** The part of the time between two observations that says something of the device. */
  private long awake(long elapsed) {
    long late = Math.max(0, elapsed - tickNanos - tickNanos / PUNCTUAL_PART);
    return late == 0
        ? Math.min(elapsed, tickNanos + tickNanos / PUNCTUAL_PART)
        : Math.max(tickNanos / LEAST_PART, tickNanos - late);
  }

  /** Nanoseconds of silence counted so far. */
  public long silentNanos() {
    return silentNanos;
  }
}
