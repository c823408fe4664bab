package io.linewright.kit.exactlyonce;

import java.time.Duration;
import java.time.Instant;

/** When to try again: after 100 ms, then twice as long each time, at most 10 s. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Duration next = FIRST;
  private Instant notBefore = Instant.EPOCH;

  void failed(Instant now) {
    notBefore = now.plus(next);
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }

  void succeeded() {
    next = FIRST;
  }

  boolean over(Instant now) {
    return !now.isBefore(notBefore);
  }
}
