package io.linewright.ingest.gateway;

import java.time.Duration;
import java.time.Instant;

/**
 * Since when somebody looks without a break. A process that starts, was frozen or had no database
 * finds every canary old; that is its own doing, so the patience counts from here.
 *
 * @param since begin of the looks without a break
 * @param last the last look
 */
public record Watching(Instant since, Instant last) {

  /** Longest time between two looks that is no break. */
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Somebody begins to look. */
  public static Watching begin(Instant now) {
    return new Watching(now, now);
  }

  /** After another look; a clock that was set begins anew, too. */
  public Watching look(Instant now) {
    boolean goesOn = !now.isBefore(last) && !now.isAfter(last.plus(LONGEST_PAUSE));
    return goesOn ? new Watching(since, now) : begin(now);
  }
}
