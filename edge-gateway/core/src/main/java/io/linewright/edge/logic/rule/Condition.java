package io.linewright.edge.logic.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a rule looks for in the values of its tag. */
public sealed interface Condition {

  /**
   * A number lies beyond a limit.
   *
   * @param above whether beyond is above; else below
   * @param limit limit, exclusive
   * @param clear the condition ends when the number is back at this one; on the near side of the
   *     limit (hysteresis), or the limit itself
   */
  record Threshold(boolean above, double limit, double clear) implements Condition {

    /**
     * @throws IllegalArgumentException if a number is not finite or clear lies beyond the limit
     */
    public Threshold {
      if (!Double.isFinite(limit) || !Double.isFinite(clear)) {
        throw new IllegalArgumentException("limits are finite numbers");
      }
      if (above ? clear > limit : clear < limit) {
        throw new IllegalArgumentException("clear " + clear + " lies beyond the limit " + limit);
      }
    }
  }

  /** Directions of a change. */
  enum Direction {
    RISING,
    FALLING,
    EITHER
  }

  /**
   * A number changes fast: its change over a span, divided by the span.
   *
   * @param direction which changes count
   * @param perSecond limit, exclusive, above 0, units per second
   * @param over the span
   */
  record RateOfChange(Direction direction, double perSecond, Duration over) implements Condition {

    /**
     * @throws IllegalArgumentException if the limit is not above 0 or the span not positive
     */
    public RateOfChange {
      if (!(perSecond > 0) || Double.isInfinite(perSecond) || !over.isPositive()) {
        throw new IllegalArgumentException("a rate needs a limit above 0 and a span");
      }
    }
  }

  /**
   * No good value comes.
   *
   * @param after time without one
   */
  record NoData(Duration after) implements Condition {

    /**
     * @throws IllegalArgumentException if the time is not positive
     */
    public NoData {
      if (!after.isPositive()) {
        throw new IllegalArgumentException("no-data-for is longer than 0");
      }
    }
  }

  /**
   * States follow each other.
   *
   * @param states values as text, in order, two or more; a value that repeats counts once
   * @param within longest time from entering the first to entering the last
   * @param clearAfter when the condition ends; empty: when the last state is left
   */
  record StatePattern(List<String> states, Duration within, Optional<Duration> clearAfter)
      implements Condition {

    /** Most states of a pattern. */
    public static final int MAX_STATES = 32;

    /**
     * @throws IllegalArgumentException if there are not 2 to 32 states, one follows itself, or a
     *     time is not positive
     */
    public StatePattern {
      states = List.copyOf(states);
      if (states.size() < 2 || states.size() > MAX_STATES) {
        throw new IllegalArgumentException("a pattern has 2 to " + MAX_STATES + " states");
      }
      for (int i = 1; i < states.size(); i++) {
        if (states.get(i).equals(states.get(i - 1))) {
          throw new IllegalArgumentException("state " + states.get(i) + " follows itself");
        }
      }
      if (!within.isPositive() || clearAfter.filter(d -> !d.isPositive()).isPresent()) {
        throw new IllegalArgumentException("the times of a pattern are longer than 0");
      }
    }
  }
}
