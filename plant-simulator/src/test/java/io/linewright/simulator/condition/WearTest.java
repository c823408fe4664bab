package io.linewright.simulator.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.model.equipment.TagName;
import io.linewright.simulator.plant.MachineType;
import io.linewright.simulator.plant.SensorDescription;
import io.linewright.simulator.plant.SensorDescription.Kind;
import io.linewright.simulator.plant.StopCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WearTest {

  private static final MachineType MILL =
      new MachineType(
          "mill",
          Duration.ofSeconds(8),
          0.03,
          0.01,
          10,
          2,
          Optional.of(500),
          Optional.of(Duration.ofHours(100)),
          List.of(),
          List.of(),
          Optional.empty());

  private final Chance chance = new Chance(1, "test");
  private final Wear wear = new Wear(MILL, chance);

  @Test
  void wearGrowsWithWorkAndANewToolIsNew() {
    wear.newTool();
    for (int i = 0; i < 500; i++) {
      double before = wear.tool();
      wear.worked(8);
      assertThat(wear.tool()).isGreaterThanOrEqualTo(before);
    }
    assertThat(wear.tool()).isBetween(0.3, 2.5);

    wear.newTool();

    assertThat(wear.tool()).isZero();
  }

  @Test
  void thePlannedChangeCountsCyclesAndDoesNotKnowTheWear() {
    wear.newTool();
    int cycles = 0;
    while (!wear.toolChangeDue()) {
      wear.worked(8);
      cycles++;
    }
    assertThat(cycles).isBetween(475, 525);
    assertThat(Math.abs(wear.tool() - 1)).isGreaterThan(0.001);
  }

  @Test
  void failuresAndScrapGetLikelierWithWear() {
    wear.newTool();
    wear.newBearing();
    double hazard = wear.hazard(StopCause.Driver.TOOL);
    double scrap = wear.scrap();
    for (int i = 0; i < 500; i++) {
      wear.worked(8);
    }
    assertThat(wear.hazard(StopCause.Driver.TOOL)).isGreaterThan(5 * hazard);
    assertThat(wear.scrap()).isGreaterThan(1.5 * scrap);
    assertThat(wear.hazard(StopCause.Driver.NOTHING)).isEqualTo(1);
  }

  @Test
  void sensorsShiftSlowlyUnderTheirNoise() {
    wear.newTool();
    wear.newBearing();
    double newVibration = mean(Kind.VIBRATION, 2);
    double newCurrent = mean(Kind.CURRENT, 10);
    for (int i = 0; i < 40_000; i++) {
      wear.worked(8);
    }
    assertThat(wear.bearing()).isGreaterThan(0.5);
    assertThat(mean(Kind.VIBRATION, 2)).isGreaterThan(1.15 * newVibration);
    assertThat(mean(Kind.CURRENT, 10)).isGreaterThan(1.05 * newCurrent);
  }

  @Test
  void oneValueDoesNotGiveTheWearAway() {
    wear.newTool();
    wear.newBearing();
    var sensor = sensor(Kind.VIBRATION, 2);
    double[] values =
        DoubleStream.generate(() -> sensor.measure(Activity.WORKING, 0)).limit(2000).toArray();

    double spread =
        DoubleStream.of(values).max().orElseThrow() - DoubleStream.of(values).min().orElseThrow();

    assertThat(spread).isGreaterThan(2 * 0.25);
  }

  @Test
  void anIdleMachineCoolsDownSlowly() {
    var sensor = sensor(Kind.TEMPERATURE, 60);
    double first = sensor.measure(Activity.OFF, 0);
    double value = first;
    for (int i = 0; i < 60; i++) {
      value = sensor.measure(Activity.OFF, i);
    }
    assertThat(value).isLessThan(first).isCloseTo(first, within(6.0));
    for (int i = 0; i < 7200; i++) {
      value = sensor.measure(Activity.OFF, 60 + i);
    }
    assertThat(value).isBetween(18.0, 26.0);
  }

  @Test
  void aSignalNeverRepeatsAValueAtOnce() {
    var signal = new Signal(chance);
    double last = Double.NaN;
    for (int i = 0; i < 100_000; i++) {
      double next = signal.next(i * 0.05);
      assertThat(next).isNotEqualTo(last).isBetween(-1000.0, 1000.0);
      last = next;
    }
  }

  private double mean(Kind kind, double base) {
    Sensor sensor = sensor(kind, base);
    return DoubleStream.generate(() -> sensor.measure(Activity.WORKING, 0))
        .limit(2000)
        .average()
        .orElseThrow();
  }

  private Sensor sensor(Kind kind, double base) {
    return new Sensor(
        new SensorDescription(new TagName("x"), kind, base, Duration.ofSeconds(1)), wear, chance);
  }
}
