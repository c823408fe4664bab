package io.linewright.edge.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.ValueRange;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadbandTest {

  @ParameterizedTest
  @CsvSource({"0.5, ABSOLUTE, 0.5, 1", "2%, PERCENT, 2.0, 2", "2.5 %, PERCENT, 2.5, 2"})
  void isReadAsWritten(String text, Deadband.Kind kind, double amount, int number) {
    Deadband deadband = Deadband.parse(text);
    assertThat(deadband).isEqualTo(new Deadband(kind, amount));
    assertThat(deadband.kind().number()).isEqualTo(number);
    assertThat(Deadband.parse(deadband.toString())).isEqualTo(deadband);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0%", "0.0"})
  void zeroIsNone(String text) {
    assertThat(Deadband.parse(text).none()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "101%", "NaN", "Infinity", "x", "", "%"})
  void nonsenseIsRefused(String text) {
    assertThatThrownBy(() -> Deadband.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Part 8, 6.2: 10 % of an EURange of 0 to 100 holds back changes up to 10. */
  @Test
  void percentCountsOfTheRange() {
    Deadband tenPercent = new Deadband(Deadband.Kind.PERCENT, 10);
    assertThat(tenPercent.inUnits(Optional.of(new ValueRange(0, 100))))
        .isEqualTo(OptionalDouble.of(10));
    assertThat(tenPercent.inUnits(Optional.of(new ValueRange(-50, 150))))
        .isEqualTo(OptionalDouble.of(20));
    assertThat(tenPercent.inUnits(Optional.empty())).isEmpty();
    assertThat(new Deadband(Deadband.Kind.ABSOLUTE, 3).inUnits(Optional.empty()))
        .isEqualTo(OptionalDouble.of(3));
    assertThat(Deadband.NONE.inUnits(Optional.empty())).isEqualTo(OptionalDouble.of(0));
  }
}
