package io.linewright.edge.modbus.value;

import io.linewright.edge.config.RegisterForm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * Raw numbers to numbers in the tag's unit and back: {@code value = raw * scale + offset}.
 *
 * <p>A scale of 1/n with a whole n (0.1, 0.01, 0.5 …) divides by n, so that raw 3 at 0.1 is the
 * double nearest to 0.3 and not 0.30000000000000004. Otherwise product and sum are rounded once
 * each. NaN and infinities stay what they are.
 */
final class Scaling {

  /** Largest divisor that is tried; doubles hold it exactly. */
  private static final double MAX_DIVISOR = 1e15;

  static double apply(double raw, RegisterForm form) {
    if (!form.isScaled()) {
      return raw;
    }
    double divisor = divisor(form.scale());
    return (divisor == 0 ? raw * form.scale() : raw / divisor) + form.offset();
  }

  /** n if the scale is the double nearest to 1/n with a whole n; else 0. */
  private static double divisor(double scale) {
    double n = Math.rint(1 / scale);
    return Math.abs(n) > 1 && Math.abs(n) <= MAX_DIVISOR && 1 / n == scale ? n : 0;
  }

  /** Whether whole raw numbers give whole values. */
  static boolean keepsWhole(RegisterForm form) {
    return Math.rint(form.scale()) == form.scale() && Math.rint(form.offset()) == form.offset();
  }

  /**
   * The scaled whole number; empty if it exceeds 64 bits.
   *
   * @param form must {@linkplain #keepsWhole keep whole numbers whole}
   */
  static OptionalLong whole(long raw, boolean unsigned, RegisterForm form) {
    BigDecimal exact =
        unsigned ? new BigDecimal(Long.toUnsignedString(raw)) : BigDecimal.valueOf(raw);
    return fitted(exact.multiply(new BigDecimal(form.scale())).add(new BigDecimal(form.offset())));
  }

  /**
   * The raw whole number nearest to a value, ties to even.
   *
   * @param value finite
   */
  static BigDecimal nearestRaw(BigDecimal value, RegisterForm form) {
    BigDecimal shifted = value.subtract(BigDecimal.valueOf(form.offset()));
    return shifted.divide(BigDecimal.valueOf(form.scale()), 0, RoundingMode.HALF_EVEN);
  }

  /** The raw number of a value of a floating-point encoding. */
  static double raw(double value, RegisterForm form) {
    return form.isScaled() ? (value - form.offset()) / form.scale() : value;
  }

  private static OptionalLong fitted(BigDecimal number) {
    try {
      return OptionalLong.of(number.longValueExact());
    } catch (ArithmeticException tooLarge) {
      return OptionalLong.empty();
    }
  }

  private Scaling() {}
}
