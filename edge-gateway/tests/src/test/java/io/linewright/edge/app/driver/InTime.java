package io.linewright.edge.app.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Times something that has a bound. Silence is measured in time during which the process was awake:
 * a trial that is late while it was kept from running says nothing, and is repeated.
 */
public final class InTime implements AutoCloseable {

  private static final int TRIALS = 20;
  private static final long NAP_NANOS = 2_000_000;
  private static final long STARVED_NANOS = 3_000_000;

  private volatile long worstNanos;
  private volatile boolean ended;

  private InTime() {
    Thread.ofPlatform().daemon().name("in-time").start(this::nap);
  }

  /**
   * Asserts that something takes no longer than that.
   *
   * @param prepare comes before each trial, and is not timed
   * @param trial tells how long it took
   */
  public static void assertNoLonger(Duration most, Runnable prepare, Callable<Duration> trial)
      throws Exception {
    for (int left = TRIALS; left > 0; left--) {
      prepare.run();
      try (InTime watch = new InTime()) {
        Duration took = trial.call();
        if (took.compareTo(most) <= 0) {
          return;
        }
        boolean starved = watch.worstNanos > STARVED_NANOS && left > 1;
        assertThat(starved).as("%s is too long, and the process was awake", took).isTrue();
      }
    }
  }

  private void nap() {
    while (!ended) {
      long asleep = System.nanoTime();
      LockSupport.parkNanos(NAP_NANOS);
      worstNanos = Math.max(worstNanos, System.nanoTime() - asleep - NAP_NANOS);
    }
  }

  @Override
  public void close() {
    ended = true;
  }
}
