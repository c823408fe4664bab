package io.linewright.ingest.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * When a watcher saw which canary first, by its own clock alone: it does not matter by whose clock
 * an arrival was written, or whether that clock jumped. A watcher that starts, was frozen or had no
 * database finds every canary old; that is its own doing, so it is patient anew with all.
 *
 * @param last the last look
 * @param sights what was seen in it, by node
 */
public record Watching(Instant last, Map<String, Sight> sights) {

  /** Longest time between two looks that is no break. */
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * A canary that was seen.
   *
   * @param arrivedAt tells it from the one before
   * @param seenAt when it was first seen
   */
  public record Sight(Instant arrivedAt, Instant seenAt) {}

  public Watching {
    sights = Map.copyOf(sights);
  }

  /** Somebody begins to look. */
  public static Watching begin(Instant now) {
    return new Watching(now, Map.of());
  }

  /** After another look; after a break, or with a clock that was set, all are seen anew. */
  public Watching look(Instant now, Collection<Canary> canaries) {
    boolean goesOn = !now.isBefore(last) && !now.isAfter(last.plus(LONGEST_PAUSE));
    Map<String, Sight> next = new HashMap<>();
    for (Canary canary : canaries) {
      Sight known = goesOn ? sights.get(canary.node()) : null;
      if (known == null || !known.arrivedAt().equals(canary.arrivedAt())) {
        known = new Sight(canary.arrivedAt(), now);
      }
      next.put(canary.node(), known);
    }
    return new Watching(now, next);
  }

  /** Since when nothing has come after this canary. */
  public Instant quietSince(Canary canary) {
    Sight seen = sights.get(canary.node());
    return seen != null && seen.arrivedAt().equals(canary.arrivedAt()) ? seen.seenAt() : last;
  }
}
