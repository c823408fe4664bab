package io.linewright.oee.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatioTest {

  @Test
  void nothingIsTheResultOfADivisionByZero() {
    assertThat(new Ratio(1, 0).value()).isEmpty();
    assertThat(new Ratio(0, 0).value()).isEmpty();
    assertThat(new Ratio(-1, -0.0).value()).isEmpty();
  }

  @Test
  void theQuotientMayBeAnyNumber() {
    assertThat(new Ratio(0, 4).value()).hasValue(0);
    assertThat(new Ratio(3, 4).value()).hasValue(0.75);
    assertThat(new Ratio(5, 4).value()).hasValue(1.25);
    assertThat(new Ratio(-3, 4).value()).hasValue(-0.75);
    assertThat(new Ratio(1e300, 1e-300).value()).hasValue(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void onlyNumbersAreDivided(double none) {
    assertThatThrownBy(() -> new Ratio(none, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ratio(1, none)).isInstanceOf(IllegalArgumentException.class);
  }
}
