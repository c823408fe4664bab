package io.linewright.edge.log;

import java.util.Optional;

/**
 * Finds the record that can never be sent, so that it does not hold up all others: the one that is
 * the oldest under way each time that the connection breaks, or that the host refuses again and
 * again. One lane.
 *
 * <p>After {@link #BREAKS_IN_CROWD} breaks the record is sent alone; after as many breaks alone it
 * is found. If no record got through between two findings, the next one takes twice as many: then
 * it is likely the line that is bad, not the record.
 *
 * @param position the record suspected; 0: none
 * @param breaks times that the connection broke while it was the oldest under way
 * @param refusals times that the host said again that it does not have it
 * @param firstRefusalMillis when it first did
 * @param doublings findings since the last progress, 0 to {@link #MAX_DOUBLINGS}
 */
public record Suspicion(
    long position, int breaks, int refusals, long firstRefusalMillis, int doublings) {

  /** Breaks before a record is sent alone, and breaks alone before it is found. */
  public static final int BREAKS_IN_CROWD = 3;

  /** Refusals before a record is found. */
  public static final int REFUSALS = 10;

  /** Shortest time between the first refusal and the finding. */
  public static final long REFUSAL_MILLIS = 60_000;

  static final int MAX_DOUBLINGS = 4;

  /** Nothing is suspected. */
  public static final Suspicion NONE = new Suspicion(0, 0, 0, 0, 0);

  /** The connection broke while that record was the oldest under way. */
  public Suspicion broke(long oldestUnderWay) {
    Suspicion same = of(oldestUnderWay);
    return new Suspicion(
        oldestUnderWay, same.breaks + 1, same.refusals, same.firstRefusalMillis, doublings);
  }

  /** The host said again that it has only what is before that record. */
  public Suspicion refused(long oldestUnderWay, long nowMillis) {
    Suspicion same = of(oldestUnderWay);
    long first = same.refusals == 0 ? nowMillis : same.firstRefusalMillis;
    return new Suspicion(oldestUnderWay, same.breaks, same.refusals + 1, first, doublings);
  }

  /** It was sent alone, the connection held, and the host did not confirm it: not the breaker. */
  public Suspicion outlived() {
    return new Suspicion(position, 0, refusals, firstRefusalMillis, doublings);
  }

  /** Something of the lane was confirmed. */
  public Suspicion progressed() {
    return NONE;
  }

  /** The record is set aside. */
  public Suspicion found() {
    return new Suspicion(0, 0, 0, 0, Math.min(MAX_DOUBLINGS, doublings + 1));
  }

  /** Whether the record has to be sent alone. */
  public boolean alone() {
    return breaks >= BREAKS_IN_CROWD;
  }

  /** Why the record cannot be sent; empty as long as that is not certain. */
  public Optional<String> verdict(long nowMillis) {
    if (breaks >= 2 * BREAKS_IN_CROWD << doublings) {
      return Optional.of("the connection broke %d times when it was sent".formatted(breaks));
    }
    if (refusals >= REFUSALS << doublings
        && nowMillis - firstRefusalMillis >= REFUSAL_MILLIS << doublings) {
      return Optional.of("the host refused it %d times".formatted(refusals));
    }
    return Optional.empty();
  }

  private Suspicion of(long oldest) {
    return oldest == position ? this : new Suspicion(oldest, 0, 0, 0, doublings);
  }
}
