package io.linewright.edge.log;

/**
 * How many records of the backlog may be under way: so many that the way to the platform is well
 * used, but so few that no long queue stands on it, because live records wait in the same queue.
 * The time from sending to confirmation tells how long the queue is (the idea of RFC 6817, LEDBAT).
 *
 * @param records records that may be under way, {@link #LEAST} or more
 * @param shortestMillis shortest time from sending to confirmation seen so far; MAX_VALUE: none yet
 */
public record Pace(long records, long shortestMillis) {

  /** Least records under way; with fewer a slow platform would hardly be used. */
  public static final long LEAST = 64;

  /** A queue up to this is welcome. */
  static final long TARGET_MILLIS = 400;

  /** On a long way the target is that many times the shortest time seen. */
  static final long TIMES_SHORTEST = 3;

  /** The pace of a session that begins. */
  public static Pace start(long records) {
    return new Pace(Math.max(LEAST, records), Long.MAX_VALUE);
  }

  /**
   * Records were confirmed: grows by up to as many while the time is below the target, shrinks by
   * up to half as many when it is above.
   *
   * @param confirmed how many
   * @param millis time from sending to confirmation of the newest of them
   * @param most upper bound
   */
  public Pace confirmed(long confirmed, long millis, long most) {
    long shortest = Math.min(shortestMillis, Math.max(1, millis));
    long target = Math.max(TARGET_MILLIS, TIMES_SHORTEST * Math.min(shortest, Long.MAX_VALUE / 8));
    double offTarget = Math.clamp((target - millis) / (double) target, -1.0, 1.0);
    double change = confirmed * (offTarget < 0 ? offTarget / 2 : offTarget);
    long next = Math.clamp(records + Math.round(change), LEAST, Math.max(LEAST, most));
    return new Pace(next, shortest);
  }
}
