package io.linewright.edge.liveness;

/**
 * Times that the gateway gives to values that come without one. A clock that was set back passes
 * the same microseconds once more; so that no two values share one by it, and the younger is not
 * taken for a repeat of the older, the last of {@value #STEP} microseconds tells after how many
 * steps back the stamp was given. After {@value #STEP} steps it begins again.
 *
 * <p>Not safe for use by several threads; mutable, because it is asked for every value.
 */
public final class OwnStamps {

  /** Resolution of stamps, µs. */
  static final int STEP = 8;

  private long lastClock = Long.MIN_VALUE;
  private int stepsBack;

  /**
   * The stamp of a value that stands now.
   *
   * @param clockMicros the gateway's clock
   * @return less than {@value #STEP} µs from the clock
   */
  public long next(long clockMicros) {
    if (clockMicros < lastClock) {
      stepsBack = (stepsBack + 1) % STEP;
    }
    lastClock = clockMicros;
    return Math.floorDiv(clockMicros, STEP) * STEP + stepsBack;
  }
}
