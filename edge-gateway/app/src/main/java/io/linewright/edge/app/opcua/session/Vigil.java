package io.linewright.edge.app.opcua.session;

import io.linewright.edge.liveness.Silence;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Tells of a server's silence also while the driver waits for the answer to a call: calls are given
 * seconds, but a tag must not look good for so long. Bound to the driver's thread by {@link
 * #DRIVER}; calls of other threads, such as writes, tell nothing.
 *
 * <p>For one thread.
 */
public final class Vigil {

  /** The vigil of the thread that may turn tags Bad. */
  public static final ScopedValue<Vigil> DRIVER = ScopedValue.newInstance();

  /** Turns the tags Bad. */
  @FunctionalInterface
  public interface Teller {

    /**
     * Called at most once a call.
     *
     * @param why for the log
     */
    void silent(String why) throws InterruptedException;
  }

  private final Teller teller;
  private Silence silence = new Silence(Deadlines.CALL);
  private BooleanSupplier heardElsewhere = () -> true;
  private boolean watching;
  private boolean told;

  /**
   * Keeps no watch until {@link #over} is called.
   *
   * @param teller turns the tags Bad
   */
  public Vigil(Teller teller) {
    this.teller = teller;
  }

  static Vigil current() {
    return DRIVER.isBound() ? DRIVER.get() : new Vigil(why -> {});
  }

  /** Whether tags turned Bad during the last call: its answer may be older than that. */
  public static boolean toldInLastCall() {
    return current().told;
  }

  /**
   * Watches from now on: tags have values that could rot.
   *
   * @param lifeSign longest time between two signs of life of a healthy server
   * @param heardElsewhere whether another answer of the server came since it was asked before
   */
  public void over(Duration lifeSign, BooleanSupplier heardElsewhere) {
    this.silence = new Silence(lifeSign);
    this.heardElsewhere = heardElsewhere;
    this.watching = true;
  }

  /** What answers otherwise has ended; only calls are left to be heard. */
  public void broken() {
    heardElsewhere = () -> false;
  }

  long tickNanos() {
    return silence.tickNanos();
  }

  void asked(long nanoTime) {
    told = false;
    silence.heard(nanoTime);
  }

  void nothingHeard(String what, long nanoTime) throws InterruptedException {
    if (!watching) {
      return;
    }
    if (heardElsewhere.getAsBoolean()) {
      silence.heard(nanoTime);
    } else if (!told && silence.nothingHeard(nanoTime)) {
      told = true;
      teller.silent(what + ": no answer yet, and nothing else is heard of the server");
    }
  }
}
