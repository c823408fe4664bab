package io.linewright.bench.plant;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waiting for a condition in another process. */
public final class Await {

  /** A condition that may ask files or sockets. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private Await() {}

  /**
   * Asks every 100 ms until the condition holds.
   *
   * @throws IOException if it does not hold in time
   */
  public static void until(Condition condition, Duration patience, String what)
      throws IOException, InterruptedException {
    until(condition, patience, () -> what);
  }

  /**
   * The same with a text that is made when the wait was in vain: it can say what was there instead.
   *
   * @throws IOException if it does not hold in time
   */
  public static void until(Condition condition, Duration patience, Supplier<String> what)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited " + patience.toSeconds() + " s in vain for " + what.get());
      }
      pause();
    }
  }

  /** The pause between two looks. */
  public static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(100);
  }
}
