package io.linewright.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.imports.ImportEvents.Raised;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.machine.EnergyReported;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportEventsTest {

  private static final String PRESS = "acme/graz/body/line-1/press-01";
  private static final ImportTag STATE = tag("execution", DataType.STRING, "1", "machine-state");
  private static final ImportTag ENERGY = tag("energy", DataType.DOUBLE, "kW.h", "energy");

  private final ImportEvents events = new ImportEvents("7");
  private final List<Raised> sent = new ArrayList<>();

  private static ImportTag tag(String name, DataType type, String unit, String role) {
    return new ImportTag(
        TagKey.parse(PRESS + "#" + name), type, unit, TagRole.of(role).orElseThrow());
  }

  private static Sample at(int second, @Nullable SampleValue value, StatusCode status) {
    return new Sample(value, status, second * 1_000_000L, 0);
  }

  private void row(ImportTag tag, int second, SampleValue value) {
    events.add(tag, at(second, value, StatusCode.GOOD), sent::add);
  }

  private List<@Nullable Double> energies() {
    List<@Nullable Double> values = new ArrayList<>();
    for (Raised one : sent) {
      if (one.event().data() instanceof EnergyReported energy) {
        assertThat(energy.historical()).isTrue();
        values.add(energy.value());
      }
    }
    return values;
  }

  @Test
  void statesAreTextsWithTheirStatus() {
    row(STATE, 1, SampleValue.of("ACTIVE"));
    events.add(STATE, at(2, null, StatusCode.of(0x809B0000)), sent::add);

    assertThat(sent)
        .extracting(one -> (Object) one.event().data())
        .containsExactly(
            new MachineStateReported(PRESS, "execution", null, null, "ACTIVE", 0, 0, true),
            new MachineStateReported(PRESS, "execution", null, null, null, 0x809B0000L, 0, true));
    assertThat(sent.getFirst().key()).isEqualTo("acme/graz/body/line-1");
    assertThat(sent.getFirst().event().source()).isEqualTo("/ingest/imports/7");
    assertThat(sent.getFirst().event().id()).isEqualTo(PRESS + "#execution@1000000.0");
    assertThat(sent.getFirst().event().sequence()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void energyIsThinnedAsByTheBridgeAndNothingStaysHeld() {
    for (int second = 0; second < 150; second++) {
      row(ENERGY, second, SampleValue.of((double) second));
    }
    assertThat(energies()).containsExactly(0.0, 60.0, 120.0);

    row(STATE, 149, SampleValue.of("READY"));
    assertThat(energies()).containsExactly(0.0, 60.0, 120.0, 149.0);
    row(ENERGY, 150, SampleValue.of(150.0));
    events.drain(sent::add);
    events.drain(sent::add);
    assertThat(energies()).containsExactly(0.0, 60.0, 120.0, 149.0, 150.0);
  }

  @Test
  void whatIsHeldIsInTheUnitOfItsTime() {
    row(ENERGY, 0, SampleValue.of(1.0));
    row(ENERGY, 1, SampleValue.of(2.0));
    row(tag("energy", DataType.DOUBLE, "MW.h", "energy"), 2, SampleValue.of(3.0));
    events.drain(sent::add);

    assertThat(energies()).containsExactly(1.0, 2.0, 3_000.0);
  }

  @Test
  void plainValuesAndUnitsThatAreNoneOfEnergyRaiseNothing() {
    row(tag("heat", DataType.DOUBLE, "Cel", "temperature"), 1, SampleValue.of(1.0));
    row(tag("odd", DataType.DOUBLE, "1", "energy"), 1, SampleValue.of(1.0));
    events.drain(sent::add);

    assertThat(sent).isEmpty();
  }
}
