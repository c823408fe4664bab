package io.linewright.ingest.rollup;

import io.linewright.ingest.bucket.Bucket;
import java.util.Optional;

/**
 * Widths of the buckets that are kept, all of UTC: a minute is made of samples, an hour of minutes,
 * a day of hours. Days and weeks of a site's zone are made of hours. A bucket is known by its
 * number, counted from 1970-01-01T00:00:00Z.
 */
public enum Level {
  MINUTE(60_000_000L),
  HOUR(3_600_000_000L),
  DAY(86_400_000_000L);

  private final long micros;

  Level(long micros) {
    this.micros = micros;
  }

  /** Width of a bucket in microseconds. */
  public long micros() {
    return micros;
  }

  /**
   * Number of the bucket that an instant lies in; beyond some 4,000 years from 1970 that of the
   * last one, so that questions may be wide. Samples do not lie there.
   */
  public int numberOf(long micros) {
    return (int)
        Math.clamp(
            Math.floorDiv(micros, this.micros), Integer.MIN_VALUE + 1L, Integer.MAX_VALUE - 1L);
  }

  /** First instant of a bucket, microseconds since the epoch. */
  public long startOf(int number) {
    return number * micros;
  }

  /** The bucket of that number. */
  public Bucket bucket(int number) {
    return new Bucket(startOf(number), startOf(number + 1));
  }

  /** The level whose buckets make up those of this one; empty: samples do. */
  public Optional<Level> lower() {
    return this == MINUTE ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
  }

  /** The level whose buckets are made up of those of this one; empty: none. */
  public Optional<Level> upper() {
    return this == DAY ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
  }
}
