package io.linewright.ingest.app.quality.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A day of the site; 23 or 25 hours long at clock changes.
 *
 * @param from its begin
 * @param to its end, not included
 * @param until up to when there can be values; its end, if it is over
 */
public record QualityDay(LocalDate day, ZoneId zone, Instant from, Instant to, Instant until) {

  /**
   * A day as it is now.
   *
   * @throws IllegalArgumentException if it has not begun
   */
  public static QualityDay of(LocalDate day, ZoneId zone, Instant now) {
    Instant from = day.atStartOfDay(zone).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
    if (!from.isBefore(now.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("the day %s of %s has not begun".formatted(day, zone));
    }
    return new QualityDay(
        day, zone, from, to, to.isAfter(now) ? now.truncatedTo(ChronoUnit.MICROS) : to);
  }

  /** Whether all of it has passed. */
  public boolean isOver() {
    return until.equals(to);
  }

  /** Its begin, microseconds since the epoch. */
  public long fromMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  /** Up to when there can be values, microseconds since the epoch. */
  public long untilMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, until);
  }
}
