package io.linewright.edge.app.uplink.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts to reach a broker: they double, half of each is left to chance. */
public final class ConnectPause {

  private static final int MOST_DOUBLINGS = 16;
  private static final int WALK = 8;

  private final long first;
  private final long longest;
  private int failures;
  private long until = Long.MIN_VALUE;

  /**
   * @param first the pause after the first failure
   * @param longest bound of the doubling
   */
  public ConnectPause(Duration first, Duration longest) {
    this.first = first.toMillis();
    this.longest = longest.toMillis();
  }

  /** The session has come about: the next failure counts as the first. */
  public void succeeded() {
    failures = 0;
  }

  /** An attempt or a session has ended; returns the pause in milliseconds. */
  public long failed(long nowMillis) {
    long wait = Math.min(longest, first << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    wait = wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
    until = nowMillis + wait;
    return wait;
  }

  /**
   * The node left of its own accord.
   *
   * @param walks whether it goes to another server: while the host is offline everywhere, the node
   *     walks round and round, and not too fast
   */
  public void left(long nowMillis, boolean walks) {
    until = nowMillis + (walks ? Math.min(longest, first * WALK) : first);
  }

  /** Whether it is time for the next attempt. */
  public boolean over(long nowMillis) {
    return nowMillis >= until;
  }
}
