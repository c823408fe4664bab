package io.linewright.ingest.app.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A day of the site; 23 or 25 hours long at clock changes.
 *
 * @param until up to when there can be values; its end, if it is over
 */
record QualityDay(LocalDate day, ZoneId zone, Instant from, Instant to, Instant until) {

  /**
   * @throws IllegalArgumentException if the day has not begun
   */
  static QualityDay of(LocalDate day, ZoneId zone, Instant now) {
    Instant from = day.atStartOfDay(zone).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
    if (!from.isBefore(now.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("the day %s of %s has not begun".formatted(day, zone));
    }
    return new QualityDay(
        day, zone, from, to, to.isAfter(now) ? now.truncatedTo(ChronoUnit.MICROS) : to);
  }

  boolean isOver() {
    return until.equals(to);
  }

  long fromMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  long untilMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, until);
  }
}
