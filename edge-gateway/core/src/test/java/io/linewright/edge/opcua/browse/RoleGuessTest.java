package io.linewright.edge.opcua.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.opcua.browse.RoleGuess.Confidence;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleGuessTest {

  @ParameterizedTest
  @CsvSource({
    "Status/StateCurrent, INTEGER, '', MACHINE_STATE, HIGH",
    "MachineState, INTEGER, '', MACHINE_STATE, MEDIUM",
    "count/good, INTEGER, '', GOOD_COUNT, MEDIUM",
    "GoodParts, INTEGER, '', GOOD_COUNT, MEDIUM",
    "ProdDefectiveCount, INTEGER, '', REJECT_COUNT, MEDIUM",
    "ProdProcessedCount, INTEGER, '', TOTAL_COUNT, MEDIUM",
    "scrap_counter, INTEGER, '', REJECT_COUNT, MEDIUM",
    "StopReason, STRING, '', STOP_REASON, MEDIUM",
    "Alarm, BOOLEAN, '', ALARM, MEDIUM",
    "ErrorCode, INTEGER, '', ALARM, LOW",
    "WorkOrder, STRING, '', ORDER, MEDIUM",
    "ProductId, STRING, '', PRODUCT, MEDIUM",
    "CycleTime, DOUBLE, s, CYCLE_TIME, HIGH",
    "Spindle.Temperature, DOUBLE, Cel, TEMPERATURE, HIGH",
    "T42, DOUBLE, Cel, TEMPERATURE, MEDIUM",
    "OilTemp, DOUBLE, '', TEMPERATURE, LOW",
    "ActivePower, DOUBLE, kW, POWER, HIGH",
    "EnergyTotal, DOUBLE, kW.h, ENERGY, HIGH",
    "MotorCurrent, DOUBLE, A, CURRENT, HIGH",
    "drive/vibration, DOUBLE, mm/s, VIBRATION_RMS, HIGH",
    "SpindleSpeed, DOUBLE, /min, SPEED, HIGH",
    "Heartbeat, INTEGER, '', HEARTBEAT, MEDIUM",
    "LifeBit, BOOLEAN, '', HEARTBEAT, MEDIUM"
  })
  void signsSpeakForARole(
      String name, DataType type, String unit, TagRole role, Confidence confidence) {
    Optional<UcumUnit> ucum = unit.isEmpty() ? Optional.empty() : Optional.of(new UcumUnit(unit));
    RoleGuess guess = RoleGuess.of(name, type, ucum).orElseThrow();
    assertThat(guess.role()).isEqualTo(role);
    assertThat(guess.confidence()).isEqualTo(confidence);
    assertThat(guess.reason()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "CurrentRecipe, STRING", // current means present
    "CurrentValue, DOUBLE",
    "Statement, INTEGER", // a word that only begins like state
    "Goodwill, DOUBLE",
    "Feed, DOUBLE",
    "State, DOUBLE", // a state is a whole number
    "Picture, BYTES"
  })
  void ordinaryValuesStayOrdinary(String name, DataType type) {
    assertThat(RoleGuess.of(name, type, Optional.empty())).isEmpty();
  }

  /** A wrong role that raises events falsifies the figures of a line: one sign is not enough. */
  @Test
  void eventsAreNotRaisedOnOneSign() {
    RoleGuess low = RoleGuess.of("ErrorCode", DataType.INTEGER, Optional.empty()).orElseThrow();
    assertThat(low.role().raisesEvents()).isTrue();
    assertThat(low.proposed()).isFalse();
    RoleGuess harmless = RoleGuess.of("OilTemp", DataType.DOUBLE, Optional.empty()).orElseThrow();
    assertThat(harmless.proposed()).isTrue();
  }

  @Test
  void namesAreCutIntoWords() {
    assertThat(RoleGuess.words("HTTPStopReason_2/x"))
        .contains("http", "stop", "reason", "stopreason", "2", "x");
  }
}
