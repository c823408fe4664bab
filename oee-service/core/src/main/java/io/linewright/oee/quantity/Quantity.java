package io.linewright.oee.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of something that is counted or weighed. Sums of doubles depend on their order,
 * and events come in any order; sums of these do not.
 *
 * @param millionths the amount in millionths of its unit, any number; negative in corrections
 */
public record Quantity(long millionths) implements Comparable<Quantity> {

  /** Nothing. */
  public static final Quantity ZERO = new Quantity(0);

  /** Largest magnitude that {@link #of} takes, in units: it leaves room for 2 % in a long. */
  public static final long MAX_UNITS = 9_000_000_000_000L;

  private static final int DECIMALS = 6;
  private static final long ONE = 1_000_000;

  /**
   * That many units, rounded to millionths, half to the even one. What is rounded is the binary
   * value of the double, not the decimal text that it may have come from: 0.0000025 is a little
   * more than that, and gives 3 millionths.
   *
   * @param units within ±{@link #MAX_UNITS}; -0.0 is 0
   * @throws IllegalArgumentException if it is NaN, infinite or out of range
   */
  public static Quantity of(double units) {
    if (!(Math.abs(units) <= MAX_UNITS)) {
      throw outOfRange(String.valueOf(units));
    }
    long whole = (long) units;
    // Nearly all readings of counters are whole numbers, and need no decimal arithmetic.
    return whole == units
        ? new Quantity(whole * ONE)
        : new Quantity(
            new BigDecimal(units)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .movePointRight(DECIMALS)
                .longValueExact());
  }

  /**
   * That many units, exactly.
   *
   * @param units within ±{@link #MAX_UNITS}
   * @throws IllegalArgumentException if it is out of range
   */
  public static Quantity of(long units) {
    if (units > MAX_UNITS || units < -MAX_UNITS) {
      throw outOfRange(String.valueOf(units));
    }
    return new Quantity(units * ONE);
  }

  /**
   * The exact sum.
   *
   * @throws ArithmeticException if it is not in ±2<sup>63</sup> millionths
   */
  public Quantity plus(Quantity other) {
    return new Quantity(Math.addExact(millionths, other.millionths));
  }

  /**
   * The exact difference.
   *
   * @throws ArithmeticException if it is not in ±2<sup>63</sup> millionths
   */
  public Quantity minus(Quantity other) {
    return new Quantity(Math.subtractExact(millionths, other.millionths));
  }

  /**
   * In units, for the last division. The nearest double up to 2<sup>53</sup> millionths (9 billion
   * units); beyond, where the long is rounded first, within one unit in the last place.
   */
  public double units() {
    return (double) millionths / ONE;
  }

  @Override
  public int compareTo(Quantity other) {
    return Long.compare(millionths, other.millionths);
  }

  private static IllegalArgumentException outOfRange(String units) {
    return new IllegalArgumentException(
        "a quantity must be a number within ±" + MAX_UNITS + ", not " + units);
  }
}
