package io.linewright.edge.logic.rule;

import io.linewright.edge.logic.rule.Turn.Truth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a condition remembers of its tag. */
sealed interface ConditionState {

  /** Time of the newest value; older ones are not looked at. */
  long newestMicros();

  /** What is the case. */
  Truth truth();

  /**
   * Of {@link Condition.Threshold}.
   *
   * @param beyond whether the last number was beyond, with the hysteresis
   */
  record OfThreshold(long newestMicros, Truth truth, boolean beyond) implements ConditionState {}

  /** A number and when it came. */
  record Point(long micros, double number) {}

  /**
   * Of {@link Condition.RateOfChange}.
   *
   * @param points numbers of the span, oldest first; the first holds at the span's begin
   * @param number number that holds; NaN: none
   */
  record OfRate(long newestMicros, Truth truth, List<Point> points, double number)
      implements ConditionState {
    public OfRate {
      points = List.copyOf(points);
    }
  }

  /** Of {@link Condition.NoData}; the newest value is the newest good one. */
  record OfNoData(long newestMicros, Truth truth) implements ConditionState {}

  /** A state and when it was entered. */
  record Entry(long micros, String state) {}

  /**
   * Of {@link Condition.StatePattern}.
   *
   * @param entries newest states, oldest first, at most as many as the pattern has
   * @param endMicros when the condition ends by itself; null: not by itself
   */
  record OfPattern(long newestMicros, Truth truth, List<Entry> entries, @Nullable Long endMicros)
      implements ConditionState {
    public OfPattern {
      entries = List.copyOf(entries);
    }
  }
}
