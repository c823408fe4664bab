package io.linewright.kit.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Events that are not on Kafka yet, as the relay saw them last.
 *
 * @param rows how many, at most {@link #MOST_COUNTED}
 * @param oldest when the oldest of them was added; null if there is none
 */
public record Backlog(long rows, @Nullable Instant oldest) {

  /** Further rows are not counted: that would cost more than it tells. */
  public static final int MOST_COUNTED = 100_000;

  static final Backlog NONE = new Backlog(0, null);

  /** How long the oldest has been waiting; zero if there is none. */
  public Duration age(Instant now) {
    return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
  }
}
