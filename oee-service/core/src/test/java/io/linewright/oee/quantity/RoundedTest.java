package io.linewright.oee.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 1",
    "-1, 1, 2, 0",
    "3, 1, 2, 2",
    "-3, 1, 2, -1",
    "1, 1, 3, 0",
    "2, 1, 3, 1",
    "-2, 1, 3, -1",
    "-1, 1, 3, 0",
    "0, 7, 3, 0",
    "9223372036854775807, 2, 2, 9223372036854775807",
    "-9223372036854775808, 3, 3, -9223372036854775808",
    "9223372036854775807, 1, 9223372036854775807, 1",
    "4611686018427387904, 1, 9223372036854775807, 1",
    "4611686018427387903, 1, 9223372036854775807, 0"
  })
  void isTheNearestLongAndOfTwoTheGreater(long a, long b, long divisor, long quotient) {
    assertThat(Rounded.quotient(a, b, divisor)).isEqualTo(quotient);
  }

  @Test
  void isExactlyWhatDecimalArithmeticSays() {
    Seeded.check(
        10_000,
        random -> {
          long a = number(random);
          long b = number(random);
          long divisor = Math.max(1, number(random) & Long.MAX_VALUE);
          BigInteger exact =
              new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
                  .divide(BigDecimal.valueOf(divisor), 40, RoundingMode.FLOOR)
                  .add(new BigDecimal("0.5"))
                  .setScale(0, RoundingMode.FLOOR)
                  .toBigInteger();
          if (exact.bitLength() < Long.SIZE) {
            assertThat(Rounded.quotient(a, b, divisor)).isEqualTo(exact.longValueExact());
          } else {
            assertThatThrownBy(() -> Rounded.quotient(a, b, divisor))
                .isInstanceOf(ArithmeticException.class);
          }
        });
  }

  @Test
  void nothingIsDividedByWhatIsNotPositive() {
    assertThatThrownBy(() -> Rounded.quotient(1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rounded.quotient(1, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Of any magnitude. */
  private static long number(RandomGenerator random) {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }
}
