package io.linewright.oee.quantity;

import java.math.BigInteger;

/** Products that are divided, rounded once, at the end. */
public final class Rounded {

  private Rounded() {}

  /**
   * The long nearest to {@code a · b / divisor}, of two equally near ones the greater. The product
   * may be larger than a long.
   *
   * @param divisor more than 0
   * @throws IllegalArgumentException if the divisor is not positive
   * @throws ArithmeticException if the result is not in ±2<sup>63</sup>
   */
  public static long quotient(long a, long b, long divisor) {
    if (divisor <= 0) {
      throw new IllegalArgumentException("the divisor must be more than 0, not " + divisor);
    }
    long product = a * b;
    // The upper half of the product only repeats the sign if the lower half holds all of it.
    if (Math.multiplyHigh(a, b) == product >> 63) {
      long floor = Math.floorDiv(product, divisor);
      long rest = Math.floorMod(product, divisor);
      return rest >= divisor - rest ? Math.addExact(floor, 1) : floor;
    }
    BigInteger by = BigInteger.valueOf(divisor);
    BigInteger exact = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    BigInteger[] parts = exact.divideAndRemainder(by);
    BigInteger rest = parts[1];
    BigInteger floor = parts[0];
    if (rest.signum() < 0) {
      rest = rest.add(by);
      floor = floor.subtract(BigInteger.ONE);
    }
    return (rest.shiftLeft(1).compareTo(by) >= 0 ? floor.add(BigInteger.ONE) : floor)
        .longValueExact();
  }
}
