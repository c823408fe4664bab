package io.linewright.ingest.app.trend;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.ingest.rollup.Level;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The columns of pixels of a chart. Columns of four minutes or more are whole minutes of UTC, of
 * four hours or more whole hours, of four days or more whole days; the first and the last are cut
 * at the ends of the range. So they can be put together from roll-ups.
 *
 * @param buckets a bucket per column
 * @param level roll-ups that make up whole columns; empty: none do
 */
record Columns(FixedBuckets buckets, Optional<Level> level) {

  private static final int LEAST_UNITS = 4;

  /** As many columns as fit, at most that many. */
  static Columns of(TimeRange range, int columns) {
    long width = Math.ceilDiv(range.toMicros() - range.fromMicros(), columns);
    for (Level level : List.of(Level.DAY, Level.HOUR, Level.MINUTE)) {
      long unit = level.micros();
      if (width >= LEAST_UNITS * unit) {
        long origin = Math.floorDiv(range.fromMicros(), unit) * unit;
        long units = Math.ceilDiv(Math.ceilDiv(range.toMicros() - origin, columns), unit);
        return new Columns(new FixedBuckets(origin, units * unit), Optional.of(level));
      }
    }
    return new Columns(new FixedBuckets(range.fromMicros(), width), Optional.empty());
  }

  /** The columns of a range, ascending. */
  Iterator<Bucket> of(TimeRange range) {
    return buckets.between(range.fromMicros(), range.toMicros());
  }
}
