package io.linewright.bench.query;

import io.linewright.bench.load.LoadTags;
import java.time.Duration;
import java.time.Instant;

/**
 * What the table is filled with: 30 days that end with the minute in which the bench begins, so
 * that the last hour and day of it are still open when questions are asked. All tags have samples
 * at an even pace, in the order of time, so that a tag's rows lie scattered as live values do; the
 * first 20 tags have one each second in the last twelve hours instead.
 *
 * @param tags all tags
 * @param until end of the last day, a whole minute
 * @param rows how many rows there are to be, about
 */
record HistoryPlan(LoadTags tags, Instant until, long rows) {

  static final int DAYS = 30;
  static final int FAST_TAGS = 20;
  static final Duration FAST = Duration.ofHours(12);

  private static final long MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * MICROS;

  /** Begin of the first 24 hours. */
  Instant from() {
    return until.minus(Duration.ofDays(DAYS));
  }

  /** Begin of the hours in which some tags are fast. */
  Instant fastFrom() {
    return until.minus(FAST);
  }

  /** Time between two samples of a tag, microseconds. */
  long stepMicros() {
    long fast = FAST_TAGS * FAST.toSeconds();
    long even = Math.max(tags.count(), rows - fast);
    return Math.max(1, DAYS * DAY_MICROS * tags.count() / even);
  }
}
