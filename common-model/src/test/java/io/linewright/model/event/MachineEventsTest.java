package io.linewright.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.machine.EnergyReported;
import io.linewright.model.machine.EnergyScale;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MachineEventsTest {

  private static final String PRESS = "acme/graz/body/line-1/press-01";
  private static final TagKey TAG = TagKey.parse(PRESS + "#tag");

  private static CloudEvent<?> event(TagRole role, @Nullable SampleValue value, StatusCode status) {
    return MachineEvents.of(
        "/bridge/acme:graz/gw-1",
        TAG,
        role,
        new Sample(value, status, 1_500_000, 3),
        true,
        OptionalLong.of(7));
  }

  private static Object state(@Nullable SampleValue value) {
    return event(TagRole.MACHINE_STATE, value, StatusCode.GOOD).data();
  }

  private static MachineStateReported said(
      @Nullable Integer number, @Nullable String name, @Nullable String value, long status) {
    return new MachineStateReported(PRESS, "tag", number, name, value, status, 3, true);
  }

  @Test
  void attributesAreThoseOfTheValue() {
    CloudEvent<?> event = event(TagRole.GOOD_COUNT, SampleValue.of(12L), StatusCode.GOOD);

    assertThat(event.id()).isEqualTo(PRESS + "#tag@1500000.3");
    assertThat(event.time()).isEqualTo(Instant.parse("1970-01-01T00:00:01.500Z"));
    assertThat(event.type()).isEqualTo(EventTypes.MACHINE_COUNT);
    assertThat(event.subject()).isEqualTo(PRESS);
    assertThat(event.sequence()).hasValue(7);
    assertThat(MachineEvents.keyOf(TAG.equipment())).isEqualTo("acme/graz/body/line-1");
  }

  @Test
  void statesAreToldInTheMachinesOwnWords() {
    assertThat(state(SampleValue.of("READY"))).isEqualTo(said(null, null, "READY", 0));
    assertThat(state(SampleValue.of("EXECUTE")))
        .as("a word is no number of PackML, whatever it says")
        .isEqualTo(said(null, null, "EXECUTE", 0));
    assertThat(state(SampleValue.of(6L))).isEqualTo(said(6, "EXECUTE", "6", 0));
    assertThat(state(SampleValue.of(42L))).isEqualTo(said(null, null, "42", 0));
    assertThat(state(SampleValue.of(true))).isEqualTo(said(null, null, "true", 0));
    assertThat(event(TagRole.MACHINE_STATE, null, StatusCode.BAD_NO_COMMUNICATION).data())
        .isEqualTo(said(null, null, null, 0x80310000L));
  }

  @Test
  void everyRoleThatRaisesEventsDoes() {
    assertThat(Arrays.stream(TagRole.values()).filter(TagRole::raisesEvents))
        .contains(TagRole.REWORK_COUNT, TagRole.LOT, TagRole.SERIAL)
        .allSatisfy(
            role ->
                assertThat(event(role, SampleValue.of(1L), StatusCode.GOOD).data()).isNotNull());
    assertThat(event(TagRole.REWORK_COUNT, SampleValue.of(4L), StatusCode.GOOD).data())
        .isEqualTo(new CountReported(PRESS, "tag", "rework-count", 4.0, 0, 3, true));
    assertThat(event(TagRole.LOT, SampleValue.of("L-7"), StatusCode.GOOD).data())
        .isEqualTo(new ContextReported(PRESS, "tag", "lot", "L-7", 0, 3, true));
    assertThat(event(TagRole.SERIAL, SampleValue.of(9L), StatusCode.GOOD).data())
        .isEqualTo(new ContextReported(PRESS, "tag", "serial", "9", 0, 3, true));
    assertThatThrownBy(() -> event(TagRole.POWER, SampleValue.of(1.0), StatusCode.GOOD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power");
  }

  @Test
  void energyIsToldInItsUnitAndWithItsIdentity() {
    EnergyScale scale = EnergyScale.of(TagRole.ENERGY, new UcumUnit("MW.h")).orElseThrow();
    CloudEvent<?> event =
        MachineEvents.energy(
            "/x",
            TAG,
            scale,
            new Sample(SampleValue.of(1.25), StatusCode.GOOD, 10, 0),
            false,
            OptionalLong.empty());

    assertThat(event.type()).isEqualTo(EventTypes.MACHINE_ENERGY);
    assertThat(event.id()).isEqualTo(PRESS + "#tag@10.0");
    assertThat(event.data())
        .isEqualTo(new EnergyReported(PRESS, "tag", "energy", 1250.0, 0, 0, false));
  }
}
