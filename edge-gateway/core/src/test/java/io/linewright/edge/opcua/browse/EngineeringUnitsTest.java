package io.linewright.edge.opcua.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.unit.UcumUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineeringUnitsTest {

  /** Unit ids as the OPC Foundation publishes them (UNECE_to_OPCUA.csv). */
  @ParameterizedTest
  @CsvSource({
    "4408652, CEL, Cel",
    "20529, P1, %",
    "4932940, KEL, K",
    "5067858, MTR, m",
    "5066068, MMT, mm",
    "5457219, SEC, s",
    "4403766, C26, ms",
    "4279632, AMP, A",
    "5655636, VLT, V",
    "5723220, WTT, W",
    "4937556, KWT, kW",
    "4937544, KWH, kW.h",
    "4740186, HTZ, Hz",
    "4342098, BAR, bar",
    "5259596, PAL, Pa",
    "5394509, RPM, /min",
    "4403510, C16, mm/s",
    "4933453, KGM, kg",
    "5067857, MTQ, m3",
    "17476, DD, deg"
  })
  void numbersOfUneceAreKnown(int unitId, String commonCode, String ucum) {
    assertThat(EngineeringUnits.commonCode(unitId)).isEqualTo(commonCode);
    assertThat(EngineeringUnits.toUcum(EngineeringUnits.UNECE, unitId, ""))
        .contains(new UcumUnit(ucum));
  }

  @Test
  void everythingInTheTablesIsUcum() {
    assertThat(EngineeringUnits.codes()).hasSizeGreaterThan(100);
    EngineeringUnits.codes().values().forEach(UcumUnit::parse);
    EngineeringUnits.names().values().forEach(UcumUnit::parse);
    assertThat(EngineeringUnits.codes().keySet()).allMatch(code -> code.matches("[A-Z0-9]{2,3}"));
  }

  @ParameterizedTest
  @CsvSource({
    "°C, Cel",
    "rpm, /min",
    "U/min, /min",
    "kWh, kW.h",
    "mm/s, mm/s",
    "m³/h, m3/h",
    "bar, bar",
    "'  kW ', kW"
  })
  void namesHelpWhereNumbersDoNot(String name, String ucum) {
    assertThat(EngineeringUnits.toUcum("urn:maker", 7, name)).contains(new UcumUnit(ucum));
    assertThat(EngineeringUnits.toUcum(EngineeringUnits.UNECE, -1, name))
        .contains(new UcumUnit(ucum));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "furlongs per fortnight", "💥", "Stück/Schicht"})
  void unknownStaysUnknown(String name) {
    assertThat(EngineeringUnits.toUcum("urn:maker", 7, name)).isEmpty();
  }
}
