package io.linewright.oee.count;

import io.linewright.oee.event.TrackName;
import java.util.OptionalLong;

/**
 * What is known of a machine's counters at an instant. Both are asked for the instant before a
 * reading, also of the last reading before the window of a ledger. They must answer the same
 * whatever the window is: that is what makes the ledger of a window the cut of a larger one.
 */
public interface Counting {

  /** The rules of a counter at an instant, microseconds since 1970-01-01T00:00:00Z. */
  CounterRules rules(TrackName counter, long micros);

  /**
   * The ideal cycle by which a jump is judged, in nanoseconds, more than 0; empty if none is known.
   * The shortest one that the machine has for any product at that time is a good answer: it does
   * not depend on what was in force before the window.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   */
  OptionalLong idealNanos(long micros);

  /** The same rules and the same ideal cycle for all counters at all times. */
  static Counting always(CounterRules rules, OptionalLong idealNanos) {
    return new Counting() {
      @Override
      public CounterRules rules(TrackName counter, long micros) {
        return rules;
      }

      @Override
      public OptionalLong idealNanos(long micros) {
        return idealNanos;
      }
    };
  }
}
