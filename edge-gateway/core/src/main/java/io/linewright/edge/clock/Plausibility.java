package io.linewright.edge.clock;

import java.time.Duration;
import java.time.Instant;

/** What the gateway's clock says of a device's stamp. */
public enum Plausibility {
  PLAUSIBLE,
  /** Within a year of 1970-01-01 or 2000-01-01: a clock that lost its time and began anew. */
  RESET,
  TOO_OLD,
  AHEAD;

  private static final long YEAR_MICROS = micros(Duration.ofDays(366));
  private static final long[] RESETS = {
    0, Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * 1_000_000
  };

  /**
   * Judges a stamp.
   *
   * @param stampMicros the device's stamp, microseconds since 1970
   * @param nowMicros the gateway's clock at arrival
   */
  public static Plausibility of(long stampMicros, long nowMicros, ClockSettings settings) {
    for (long reset : RESETS) {
      // Time zones west of Greenwich begin before the epoch, hence the day of slack.
      if (stampMicros > reset - YEAR_MICROS / 366 && stampMicros < reset + YEAR_MICROS) {
        return RESET;
      }
    }
    if (stampMicros < nowMicros - micros(settings.oldest())) {
      return TOO_OLD;
    }
    return stampMicros > nowMicros + micros(settings.newest()) ? AHEAD : PLAUSIBLE;
  }

  private static long micros(Duration duration) {
    return duration.toSeconds() * 1_000_000 + duration.toNanosPart() / 1000;
  }
}
