package io.linewright.edge.health;

/**
 * A number that travels the whole way, so that a standstill is seen where no machine says anything.
 *
 * @param number the last one sent; 0 before the first
 */
public record Canary(long number) {

  /** Time between two, microseconds. */
  public static final long INTERVAL_MICROS = 10_000_000;

  /** Before the first. */
  public static final Canary NONE = new Canary(0);

  /**
   * The next one: larger than every one before, also over a restart as long as the clock is not set
   * back.
   *
   * @param nowMicros the gateway's clock, microseconds since 1970
   */
  public Canary next(long nowMicros) {
    return new Canary(Math.max(number + 1, nowMicros / INTERVAL_MICROS));
  }
}
