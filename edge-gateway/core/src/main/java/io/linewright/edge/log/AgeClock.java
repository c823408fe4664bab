package io.linewright.edge.log;

/**
 * Time by which the age of stored records is judged: the gateway's clock without its jumps. A clock
 * that is set forward by weeks must not make the whole log too old.
 *
 * @param jumpedMicros sum of the jumps so far, taken off the clock; negative after jumps back
 * @param wallMicros the clock when it was last looked at
 * @param steadyMicros a steady counter at that moment
 */
public record AgeClock(long jumpedMicros, long wallMicros, long steadyMicros) {

  /** A difference between clock and steady counter up to this is adjustment, not a jump. */
  public static final long TOLERATED_MICROS = 10_000_000;

  /** A clock that has not jumped. */
  public static AgeClock start(long wallMicros, long steadyMicros) {
    return new AgeClock(0, wallMicros, steadyMicros);
  }

  /** After looking at clock and counter again. */
  public AgeClock look(long wall, long steady) {
    long jump = wall - wallMicros - (steady - steadyMicros);
    long more = Math.abs(jump) > TOLERATED_MICROS ? jump : 0;
    return new AgeClock(jumpedMicros + more, wall, steady);
  }

  /**
   * The oldest gateway time that is kept. After a jump back nothing is dropped before the clock has
   * come to where it was.
   *
   * @param maxAgeMicros greatest age
   */
  public long oldestKept(long maxAgeMicros) {
    return Math.min(wallMicros, wallMicros - jumpedMicros) - maxAgeMicros;
  }
}
