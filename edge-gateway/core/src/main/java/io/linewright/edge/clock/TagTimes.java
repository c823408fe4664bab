package io.linewright.edge.clock;

/**
 * Keeps the times of one tag in order. The identity of a value is (tag, time, ordinal): a newer
 * stamp must get a later time whatever becomes of the estimate, and the same stamp the same.
 *
 * <p>Not safe for use by several threads; a mutable object like {@link
 * io.linewright.edge.log.Ordinals}, because there is one per tag on the path of every value.
 */
public final class TagTimes {

  private boolean any;
  private long lastRaw;
  private long lastTime;
  private int lastEra;

  /** Newest time given, to the device's values and to those that the gateway made. */
  private long newest = Long.MIN_VALUE;

  /** Newest stamp of the tag by arrival; {@link Long#MIN_VALUE} before the first. */
  public long lastRaw() {
    return any ? lastRaw : Long.MIN_VALUE;
  }

  /**
   * A time that comes from {@link Correction}.
   *
   * @param raw the device's stamp
   * @param corrected what the correction makes of it
   * @param era era of the clock: stamps of different eras say nothing of their order
   */
  public long corrected(long raw, long corrected, int era) {
    if (!any || era != lastEra) {
      return forward(raw, corrected, era);
    }
    if (raw == lastRaw) {
      return lastTime;
    }
    return raw > lastRaw ? forward(raw, corrected, era) : Math.min(corrected, lastTime - 1);
  }

  /**
   * The gateway's time of arrival.
   *
   * @param repeat whether stamp, value and status are those of the value before
   */
  public long replaced(long raw, long now, boolean repeat, int era) {
    return any && repeat && raw == lastRaw ? lastTime : forward(raw, now, era);
  }

  /**
   * The time of a value that the gateway makes: later than everything said before.
   *
   * @param now the gateway's clock
   */
  public long made(long now) {
    newest = Math.max(now, newest + 1);
    return newest;
  }

  /** Takes over what was said last before a restart. */
  public void restore(long raw, long time) {
    any = true;
    lastRaw = raw;
    lastTime = time;
    newest = time;
  }

  /** Notes a stamp that is kept as it is. */
  void seen(long raw) {
    any = true;
    lastRaw = raw;
    lastTime = raw;
  }

  private long forward(long raw, long time, int era) {
    lastTime = Math.max(time, newest + 1);
    newest = lastTime;
    any = true;
    lastRaw = raw;
    lastEra = era;
    return lastTime;
  }
}
