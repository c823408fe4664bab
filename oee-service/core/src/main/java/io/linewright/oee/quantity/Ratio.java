package io.linewright.oee.quantity;

import java.util.OptionalDouble;

/**
 * A division that has not been done yet. A machine that was never planned has no availability: to
 * divide by 0 is no error, and the result is not 0 either.
 *
 * @param numerator finite
 * @param denominator finite, may be 0
 */
public record Ratio(double numerator, double denominator) {

  /**
   * @throws IllegalArgumentException if either is NaN or infinite
   */
  public Ratio {
    if (!Double.isFinite(numerator) || !Double.isFinite(denominator)) {
      throw new IllegalArgumentException(
          "a ratio needs two finite numbers, not " + numerator + " and " + denominator);
    }
  }

  /**
   * The quotient, within half a unit in the last place; empty if the denominator is 0 or -0, also
   * for 0 / 0. Infinite only where the quotient is too large for a double.
   */
  public OptionalDouble value() {
    return denominator == 0 ? OptionalDouble.empty() : OptionalDouble.of(numerator / denominator);
  }
}
