package io.linewright.model.equipment;

/**
 * Closed range of plausible values, in the tag's unit.
 *
 * @param low lowest plausible value, finite
 * @param high highest plausible value, finite, not below {@code low}
 */
public record ValueRange(double low, double high) {

  /**
   * @throws IllegalArgumentException if a bound is not finite or the range is empty
   */
  public ValueRange {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
      throw new IllegalArgumentException(
          "a range needs finite low <= high, not " + low + " … " + high);
    }
  }

  /** Whether the value lies in the range; false for NaN. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }
}
