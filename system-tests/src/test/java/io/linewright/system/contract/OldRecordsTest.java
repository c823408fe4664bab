package io.linewright.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.event.EventTypes;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.machine.DeviceProgress;
import io.linewright.model.machine.EnergyReported;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Topics keep records for a month, so readers of today meet those of last month. */
class OldRecordsTest {

  /** As Spring Boot configures it, which all readers use. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  @Test
  void statesWithoutTheMachinesOwnWordAreRead() {
    MachineStateReported old =
        JSON.readValue(
            """
            {"machine":"acme/graz/body/line-1/press-01","tag":"state","state":6,
             "stateName":"EXECUTE","status":0,"ordinal":2,"historical":true}
            """,
            MachineStateReported.class);

    assertThat(old)
        .isEqualTo(
            new MachineStateReported(
                "acme/graz/body/line-1/press-01", "state", 6, "EXECUTE", null, 0, 2, true));
  }

  @Test
  void whatIsWrittenTodayIsReadBack() {
    for (Object event :
        List.of(
            new MachineStateReported(
                "acme/graz/body/line-1/cnc-01", "state", null, null, "READY", 0, 0, false),
            new EnergyReported(
                "acme/graz/body/line-1/cnc-01", "energy", "energy", 12.5, 0, 0, false),
            new EnergyReported(
                "acme/graz/body/line-1/cnc-01", "power", "power", null, 0x80310000L, 0, true),
            new DeviceProgress(
                "acme/graz/body/line-1/cnc-01",
                Instant.parse("2026-03-29T01:00:00.000001Z"),
                false))) {
      assertThat((Object) JSON.readValue(JSON.writeValueAsString(event), event.getClass()))
          .isEqualTo(event);
      assertThat(EventTypes.all()).containsValue(event.getClass());
    }
  }
}
