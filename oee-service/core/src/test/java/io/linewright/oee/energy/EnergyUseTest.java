package io.linewright.oee.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.event.TrackKind;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EnergyUseTest {

  private static final long MINUTE = 60_000_000;

  /** 60 kW all the time are 1 kWh a minute. */
  private static final EnergyCurve EVEN =
      EnergyCurve.of(
          TrackKind.POWER,
          List.of(
              new EnergyReading(0, 60),
              new EnergyReading(2 * MINUTE, 60),
              new EnergyReading(4 * MINUTE, 60)),
          EnergyRules.DEFAULT);

  @Test
  void isDividedByCategoryAndByNativeState() {
    List<TimeSlice> slices =
        List.of(
            slice(0, 1, TimeCategory.PRODUCTION, "Execute"),
            slice(1, 2, TimeCategory.DELAY, "Idle"),
            slice(2, 3, TimeCategory.DELAY, "Complete"),
            slice(3, 5, TimeCategory.SETUP, ""));
    EnergyUse use = EnergyUse.of(List.of(EVEN), slices);
    assertThat(use.byCategory())
        .isEqualTo(
            Map.of(
                TimeCategory.PRODUCTION, Quantity.of(1),
                TimeCategory.DELAY, Quantity.of(2),
                TimeCategory.SETUP, Quantity.of(1)));
    assertThat(use.byState())
        .isEqualTo(
            Map.of(
                "Execute", Quantity.of(1),
                "Idle", Quantity.of(1),
                "Complete", Quantity.of(1),
                "", Quantity.of(1)));
    assertThat(use.total()).isEqualTo(Quantity.of(4));
    assertThat(use.idle()).isEqualTo(Quantity.of(2));
    assertThat(use.idleShare().value()).hasValue(0.5);
    assertThat(use.coverage().value()).hasValue(0.8);
  }

  @Test
  void severalMetersAreSummed() {
    List<TimeSlice> slices = List.of(slice(0, 8, TimeCategory.BREAKDOWN, "9"));
    EnergyUse use = EnergyUse.of(List.of(EVEN, EVEN), slices);
    assertThat(use.total()).isEqualTo(Quantity.of(8)).isEqualTo(use.idle());
    assertThat(use.coverage().value()).hasValue(0.5);
    assertThat(EnergyUse.of(List.of(), slices)).isEqualTo(EnergyUse.NONE);
    assertThat(EnergyUse.NONE.coverage().value()).isEmpty();
    assertThat(EnergyUse.NONE.idleShare().value()).isEmpty();
  }

  @Test
  void partsOfTimeAddUpToTheWhole() {
    Seeded.check(
        2_000,
        random -> {
          EnergyCurve curve = curve(random);
          List<TimeSlice> slices = slices(random);
          int cut = random.nextInt(slices.size() + 1);
          List<EnergyCurve> curves = List.of(curve, curve(random));
          EnergyUse whole = EnergyUse.of(curves, slices);
          EnergyUse first = EnergyUse.of(curves, slices.subList(0, cut));
          EnergyUse second = EnergyUse.of(curves, slices.subList(cut, slices.size()));
          assertThat(first.plus(second)).isEqualTo(whole).isEqualTo(second.plus(first));
          Span span = slices.getFirst().span().hull(slices.getLast().span());
          assertThat(whole.total())
              .isEqualTo(curves.get(0).between(span).plus(curves.get(1).between(span)));
        });
  }

  @Test
  void whatDoesNotAddUpIsRefused() {
    Quantity one = Quantity.of(1);
    assertThatThrownBy(
            () ->
                new EnergyUse(
                    Map.of(TimeCategory.SETUP, one),
                    new TreeMap<>(Map.of("6", one.plus(one))),
                    0,
                    0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EnergyUse(Map.of(), new TreeMap<>(), 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EnergyUse(Map.of(), new TreeMap<>(), -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static EnergyCurve curve(RandomGenerator random) {
    List<EnergyReading> readings = new ArrayList<>();
    for (long micros = 0; micros < 300; micros += random.nextLong(1, 40)) {
      readings.add(new EnergyReading(micros, random.nextInt(1_000) / 7.0));
    }
    return EnergyCurve.of(
        random.nextBoolean() ? TrackKind.ENERGY : TrackKind.POWER, readings, EnergyRules.DEFAULT);
  }

  private static List<TimeSlice> slices(RandomGenerator random) {
    List<TimeSlice> slices = new ArrayList<>();
    long from = -20;
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      long to = from + random.nextLong(1, 40);
      TimeCategory category = TimeCategory.ofNumber(random.nextInt(12));
      slices.add(
          new TimeSlice(
              new Span(from, to), category, category, "" + random.nextInt(3), null, Set.of()));
      from = to;
    }
    return slices;
  }

  private static TimeSlice slice(long from, long to, TimeCategory category, String state) {
    return new TimeSlice(
        new Span(from * MINUTE, to * MINUTE), category, category, state, null, Set.of());
  }
}
