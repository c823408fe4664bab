package io.linewright.edge.logic.report;

import io.linewright.model.equipment.ValueRange;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which values of a tag are reported. Changes of the status always are.
 *
 * @param deadband a number within this distance of the reported one is not reported, 0 or more, in
 *     the tag's unit; empty: every value is
 * @param minInterval least time between two reported values; the latest value of an interval is
 *     reported at its end; empty: none
 * @param maxInterval time after which a value is repeated with a new time; empty: never
 */
public record Reporting(
    OptionalDouble deadband, Optional<Duration> minInterval, Optional<Duration> maxInterval) {

  /** Everything is reported, nothing repeated. */
  public static final Reporting ALL =
      new Reporting(OptionalDouble.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if the deadband is negative or not a number, an interval not
   *     positive, or the greatest interval below the least
   */
  public Reporting {
    if (deadband.isPresent() && !(deadband.getAsDouble() >= 0)) {
      throw new IllegalArgumentException("a deadband is 0 or more, not " + deadband.getAsDouble());
    }
    if (minInterval.filter(d -> !d.isPositive()).isPresent()
        || maxInterval.filter(d -> !d.isPositive()).isPresent()) {
      throw new IllegalArgumentException("an interval is longer than 0");
    }
    if (minInterval.isPresent()
        && maxInterval.isPresent()
        && maxInterval.get().compareTo(minInterval.get()) < 0) {
      throw new IllegalArgumentException("max-interval is shorter than min-interval");
    }
  }

  /** A deadband of so many percent of a range, in its unit. */
  public static double percentOf(double percent, ValueRange range) {
    return percent / 100 * (range.high() - range.low());
  }
}
