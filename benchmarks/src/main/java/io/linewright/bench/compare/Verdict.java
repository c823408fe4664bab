package io.linewright.bench.compare;

/**
 * Result of a comparison.
 *
 * @param sent changes that the simulator made while it was watched
 * @param stored changes that were found again with the right value
 * @param lost changes that were not found
 * @param repeated stored rows beyond one per change
 * @param wrong stored rows with a value that the simulator never set at that instant
 * @param notGood stored rows without a Good status; they are wrong unless faults were injected
 */
public record Verdict(long sent, long stored, long lost, long repeated, long wrong, long notGood) {

  /** Nothing compared. */
  public static final Verdict NONE = new Verdict(0, 0, 0, 0, 0, 0);

  /** Sum of both. */
  public Verdict plus(Verdict other) {
    return new Verdict(
        sent + other.sent,
        stored + other.stored,
        lost + other.lost,
        repeated + other.repeated,
        wrong + other.wrong,
        notGood + other.notGood);
  }
}
