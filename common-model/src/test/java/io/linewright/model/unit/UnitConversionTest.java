package io.linewright.model.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitConversionTest {

  /** Expected values: SI brochure and NIST SP 811 (2008), appendix B. */
  @ParameterizedTest(name = "{0} {1} is {2} {3}")
  @CsvSource({
    "100, Cel, 212, [degF]",
    "-40, [degF], -40, Cel",
    "25, Cel, 298.15, K",
    "0, K, -459.67, [degF]",
    "300, mK, -272.85, Cel",
    "1, kW.h, 3600000, J",
    "60, {pcs}/min, 3600, /h",
    "1, bar, 100000, Pa",
    "1500, {rev}/min, 25, Hz",
    "7.1, mm/s, 0.0071, m/s",
    "50, %, 0.5, 1",
    "1, [in_i], 25.4, mm"
  })
  void convertsPublishedValues(double value, String from, double expected, String to) {
    var conversion = UnitConversion.between(UcumUnit.parse(from), UcumUnit.parse(to));

    assertThat(conversion.apply(value))
        .isCloseTo(expected, offset(Math.max(1e-9, Math.abs(expected) * 1e-12)));
  }

  @Test
  void temperaturesAreExact() {
    var conversion = UnitConversion.between(UcumUnit.parse("Cel"), UcumUnit.parse("[degF]"));

    assertThat(conversion.apply(100)).isEqualTo(212);
    assertThat(conversion.apply(0)).isEqualTo(32);
  }

  @Test
  void refusesToConvertBetweenDifferentQuantities() {
    assertThatThrownBy(() -> UnitConversion.between(UcumUnit.parse("m"), UcumUnit.parse("s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'m'")
        .hasMessageContaining("'s'");
    assertThatThrownBy(() -> UnitConversion.between(UcumUnit.parse("Cel"), UcumUnit.parse("bar")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesNotANumberAlone() {
    assertThat(UnitConversion.between(UcumUnit.parse("Cel"), UcumUnit.parse("K")).apply(Double.NaN))
        .isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "m/", "g[0]", "", "°C", "m m"})
  void refusesCodesThatAreNotUcum(String code) {
    assertThatThrownBy(() -> UcumUnit.parse(code)).isInstanceOf(IllegalArgumentException.class);
  }
}
