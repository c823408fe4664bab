package io.linewright.ingest.registry;

/**
 * What arrived under an address within a time.
 *
 * @param address path under which values arrive
 * @param fromMicros begin, included, microseconds since the epoch
 * @param toMicros end, not included
 */
public record Stretch(String address, long fromMicros, long toMicros) {

  /** Since ever. */
  public static final long EVER = Long.MIN_VALUE;

  /** Without end. */
  public static final long ON = Long.MAX_VALUE;

  /** All that arrived under an address. */
  public static Stretch all(String address) {
    return new Stretch(address, EVER, ON);
  }

  /** Whether an instant lies in it. */
  public boolean covers(long micros) {
    return micros >= fromMicros && micros < toMicros;
  }
}
