package io.linewright.edge.log;

/**
 * When to send again what was not confirmed. Each attempt without progress doubles the wait, so
 * that a platform in trouble is not flooded; progress resets it.
 *
 * @param patienceMillis first wait
 * @param sinceMillis begin of the present wait
 * @param failures attempts since the last progress
 */
public record ResendClock(long patienceMillis, long sinceMillis, int failures) {

  private static final int MAX_DOUBLINGS = 4;

  /** A clock that starts now. */
  public static ResendClock start(long patienceMillis, long nowMillis) {
    return new ResendClock(patienceMillis, nowMillis, 0);
  }

  /** Positions moved, or nothing is under way. */
  public ResendClock progress(long nowMillis) {
    return start(patienceMillis, nowMillis);
  }

  /** Records were sent again. */
  public ResendClock sentAgain(long nowMillis) {
    return new ResendClock(patienceMillis, nowMillis, Math.min(MAX_DOUBLINGS, failures + 1));
  }

  /** Whether the wait is over. */
  public boolean due(long nowMillis) {
    return nowMillis - sinceMillis >= patienceMillis << failures;
  }

  /**
   * Whether a gap told by the platform may be answered at once. The answers to a first re-send
   * still arrive when it is under way; they must not start a second one.
   */
  public boolean mayAnswerGap(long nowMillis) {
    return failures == 0 || nowMillis - sinceMillis >= patienceMillis / 4;
  }
}
