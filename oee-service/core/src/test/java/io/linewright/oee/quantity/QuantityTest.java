package io.linewright.oee.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  /** 1/128 and 3/128 lie exactly between two millionths, also in binary; 0.0000025 is above. */
  @ParameterizedTest
  @CsvSource({
    "0.0078125, 7812",
    "0.0234375, 23438",
    "-0.0078125, -7812",
    "-0.0234375, -23438",
    "0.0000025, 3",
    "0.0000035, 3",
    "0.0000004, 0",
    "0.1, 100000",
    "12.345678, 12345678",
    "-0.0, 0",
    "4.9e-324, 0",
    "9000000000000, 9000000000000000000",
    "-9000000000000, -9000000000000000000"
  })
  void isRoundedHalfToTheEvenMillionth(double units, long millionths) {
    assertThat(Quantity.of(units)).isEqualTo(new Quantity(millionths));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        9_000_000_000_001.0,
        -9_000_000_000_001.0,
        9_000_000_000_000.002,
        1e300
      })
  void whatIsNoAmountIsRefused(double units) {
    assertThatThrownBy(() -> Quantity.of(units)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wholeUnitsAreExact() {
    assertThat(Quantity.of(7L)).isEqualTo(new Quantity(7_000_000));
    assertThat(Quantity.of(-7L)).isEqualTo(Quantity.of(-7.0));
    assertThat(Quantity.of(Quantity.MAX_UNITS).units()).isEqualTo(9e12);
    assertThatThrownBy(() -> Quantity.of(Quantity.MAX_UNITS + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Quantity.of(-Quantity.MAX_UNITS - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Quantity.of(Long.MIN_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noDoubleIsRoundedByMoreThanHalfAMillionth() {
    Seeded.check(
        10_000,
        random -> {
          double units = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-8, 13));
          BigDecimal exact = new BigDecimal(units).movePointRight(6);
          assertThat(Quantity.of(units).millionths())
              .isEqualTo(exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        });
  }

  @Test
  void sumsDoNotDependOnTheirOrder() {
    Seeded.check(
        1_000,
        random -> {
          List<Quantity> parts = new ArrayList<>();
          int count = random.nextInt(20);
          for (int i = 0; i < count; i++) {
            parts.add(Quantity.of((random.nextDouble() - 0.3) * 1e9));
          }
          Quantity sum = parts.stream().reduce(Quantity.ZERO, Quantity::plus);
          Collections.shuffle(parts, new Random(random.nextLong()));
          assertThat(parts.stream().reduce(Quantity.ZERO, Quantity::plus)).isEqualTo(sum);
          assertThat(parts.stream().reduce(sum, Quantity::minus)).isEqualTo(Quantity.ZERO);
        });
  }

  @Test
  void whatNoLongHoldsIsAnError() {
    Quantity most = new Quantity(Long.MAX_VALUE);
    Quantity least = new Quantity(Long.MIN_VALUE);
    Quantity one = new Quantity(1);
    assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> least.minus(one)).isInstanceOf(ArithmeticException.class);
    assertThat(most.minus(one).plus(one)).isEqualTo(most);
  }

  @Test
  void areOrderedBySize() {
    assertThat(Quantity.of(-1L)).isLessThan(Quantity.ZERO);
    assertThat(Quantity.of(0.5)).isGreaterThan(Quantity.of(0.25)).isLessThan(Quantity.of(1L));
  }
}
