package io.linewright.ingest.bucket;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Days, weeks or months as people at a place count them. Where midnight does not exist because
 * clocks go forward over it, the day begins at the first instant that does.
 *
 * @param unit how long
 * @param zone where, by the rules of the IANA time-zone database
 */
public record CalendarBuckets(CalendarUnit unit, ZoneId zone) implements Buckets {

  private static final long MICROS_PER_SECOND = 1_000_000L;

  @Override
  public Bucket containing(long micros) {
    LocalDate date =
        Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND)).atZone(zone).toLocalDate();
    LocalDate start = unit.start(date);
    return new Bucket(midnight(start), midnight(unit.next(start)));
  }

  private long midnight(LocalDate date) {
    return Math.multiplyExact(date.atStartOfDay(zone).toEpochSecond(), MICROS_PER_SECOND);
  }
}
