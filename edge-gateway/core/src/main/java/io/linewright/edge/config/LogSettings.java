package io.linewright.edge.config;

import java.time.Duration;

/**
 * Bounds of the durable log.
 *
 * @param maxBytes most bytes of stored records, at least 1 MiB
 * @param maxAge oldest record kept
 * @param groupInterval longest time that a value waits for the group commit, 1 ms to 1 s
 * @param groupSamples values that close a group early, 1 to 50,000
 * @param windowRecords most records sent but not yet confirmed, per lane, 1 to 100,000
 * @param liveRatio live records sent for each record of the backlog while both wait, 1 to 1,000
 */
public record LogSettings(
    long maxBytes,
    Duration maxAge,
    Duration groupInterval,
    int groupSamples,
    int windowRecords,
    int liveRatio) {

  /** Four live records for one of the backlog. */
  public static final int DEFAULT_LIVE_RATIO = 4;

  /** 2 GiB, 14 days, 50 ms, 1,000 values, 2,000 records, 4 to 1. */
  public static final LogSettings DEFAULT =
      new LogSettings(2L << 30, Duration.ofDays(14), Duration.ofMillis(50), 1000, 2000);

  /** With the ratio of {@link #DEFAULT_LIVE_RATIO}. */
  public LogSettings(
      long maxBytes, Duration maxAge, Duration groupInterval, int groupSamples, int windowRecords) {
    this(maxBytes, maxAge, groupInterval, groupSamples, windowRecords, DEFAULT_LIVE_RATIO);
  }
}
