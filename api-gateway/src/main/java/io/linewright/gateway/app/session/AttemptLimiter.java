package io.linewright.gateway.app.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failures per key within a sliding window. At most {@value #MAX_KEYS} keys are remembered;
 * beyond that the one that failed longest ago is forgotten.
 */
final class AttemptLimiter {

  static final int MAX_KEYS = 10_000;

  private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>(16, 0.75f, true);
  private final int limit;
  private final Duration window;
  private final InstantSource clock;

  /**
   * @param limit failures after which a key has to wait
   * @param window how long a failure counts
   */
  AttemptLimiter(int limit, Duration window, InstantSource clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  /** How long the key has to wait before its next attempt; zero if it may try now. */
  synchronized Duration wait(String key) {
    Deque<Instant> times = failures.get(key);
    if (times == null) {
      return Duration.ZERO;
    }
    Instant now = clock.instant();
    forget(times, now);
    if (times.size() < limit) {
      return Duration.ZERO;
    }
    return Duration.between(now, times.getFirst().plus(window));
  }

  /** The key has failed. */
  synchronized void failed(String key) {
    Deque<Instant> times = failures.computeIfAbsent(key, any -> new ArrayDeque<>());
    Instant now = clock.instant();
    forget(times, now);
    times.addLast(now);
    if (times.size() > limit) {
      times.removeFirst();
    }
    if (failures.size() > MAX_KEYS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** The key has succeeded: its failures no longer count. */
  synchronized void succeeded(String key) {
    failures.remove(key);
  }

  private void forget(Deque<Instant> times, Instant now) {
    while (!times.isEmpty() && !times.getFirst().plus(window).isAfter(now)) {
      times.removeFirst();
    }
  }
}
