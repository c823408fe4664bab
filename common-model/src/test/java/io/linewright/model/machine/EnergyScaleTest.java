package io.linewright.model.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.unit.UcumUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyScaleTest {

  private static @Nullable Double read(TagRole role, String unit, SampleValue value) {
    return EnergyScale.of(role, new UcumUnit(unit)).orElseThrow().read(value);
  }

  @ParameterizedTest
  @CsvSource({
    "ENERGY, kW.h, 2.0", "ENERGY, W.h, 0.002", "ENERGY, MJ, 0.5555555555555556",
    "POWER, kW, 2.0", "POWER, MW, 2000.0", "POWER, W, 0.002"
  })
  void valuesBecomeKilowattHoursAndKilowatts(TagRole role, String unit, double expected) {
    assertThat(read(role, unit, SampleValue.of(2.0)))
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(read(role, unit, SampleValue.of(2L)))
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kW", "1", "kWh", "", "m", "[pH]", "🙂", "]]", "kW.h.kW.h.kW.h"})
  void whatIsNoUnitOfEnergyIsNotGuessed(String unit) {
    assertThat(EnergyScale.of(TagRole.ENERGY, new UcumUnit(unit))).isEmpty();
    assertThat(EnergyScale.of(TagRole.ENERGY, new UcumUnit("k".repeat(10_000)))).isEmpty();
  }

  @Test
  void otherRolesHaveNone() {
    assertThat(EnergyScale.of(TagRole.CURRENT, new UcumUnit("kW"))).isEmpty();
  }

  @Test
  void whatIsNoNumberIsNone() {
    assertThat(read(TagRole.POWER, "kW", SampleValue.of("much"))).isNull();
    assertThat(read(TagRole.POWER, "MW", SampleValue.of(Double.MAX_VALUE))).isNull();
    assertThat(EnergyScale.of(TagRole.POWER, new UcumUnit("kW")).orElseThrow().read(null)).isNull();
  }
}
