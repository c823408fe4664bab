package io.linewright.model.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/**
 * Checked conversion between two units: {@code y = factor · x + offset}. Temperatures with an
 * offset ({@code Cel}, {@code [degF]}) are exact by definition (BIPM SI brochure, 2.3.1; NIST SP
 * 811, B.8); everything else is the ratio of the UCUM tables. Logarithmic units ({@code dB}, {@code
 * [pH]}) are refused.
 *
 * @param factor multiplier, finite and not 0
 * @param offset added after the multiplication, in the target unit
 */
public record UnitConversion(double factor, double offset) {

  /**
   * Kelvin as {@code scale · x + zero}; written as ratios so that 100 Cel is exactly 212 [degF].
   */
  private record ToKelvin(double numerator, double denominator, double zeroInUnit) {}

  private static final Map<String, ToKelvin> OFFSET_UNITS =
      Map.of("Cel", new ToKelvin(1, 1, -273.15), "[degF]", new ToKelvin(5, 9, -459.67));

  private static final ToKelvin KELVIN = new ToKelvin(1, 1, 0);

  /**
   * The conversion from one unit to another.
   *
   * @throws IllegalArgumentException if they measure different quantities or one is logarithmic
   */
  public static UnitConversion between(UcumUnit from, UcumUnit to) {
    if (from.equals(to)) {
      return new UnitConversion(1, 0);
    }
    boolean fromOffset = OFFSET_UNITS.containsKey(from.code());
    boolean toOffset = OFFSET_UNITS.containsKey(to.code());
    if (!fromOffset && !toOffset) {
      return new UnitConversion(UcumTable.factor(from.code(), to.code()), 0);
    }
    ToKelvin source = kelvin(from);
    ToKelvin target = kelvin(to);
    double factor =
        (source.numerator() * target.denominator()) / (source.denominator() * target.numerator());
    // In decimals: in binary 100 Cel would be 211.99999999999994 [degF].
    BigDecimal zero =
        BigDecimal.valueOf(source.zeroInUnit())
            .multiply(BigDecimal.valueOf(source.numerator()))
            .multiply(BigDecimal.valueOf(target.denominator()))
            .divide(
                BigDecimal.valueOf(source.denominator())
                    .multiply(BigDecimal.valueOf(target.numerator())),
                MathContext.DECIMAL128);
    return new UnitConversion(
        factor, BigDecimal.valueOf(target.zeroInUnit()).subtract(zero).doubleValue());
  }

  /** The value in the target unit; NaN and infinities pass through. */
  public double apply(double value) {
    return factor * value + offset;
  }

  private static ToKelvin kelvin(UcumUnit unit) {
    ToKelvin known = OFFSET_UNITS.get(unit.code());
    if (known != null) {
      return known;
    }
    double factor = UcumTable.factor(unit.code(), "K");
    return factor == 1 ? KELVIN : new ToKelvin(factor, 1, 0);
  }
}
