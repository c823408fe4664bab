package io.linewright.oee.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementsTest {

  @Test
  void theSumDoesNotDependOnTheOrder() {
    Seeded.check(
        2_000,
        random -> {
          Elements a = RandomElements.one(random);
          Elements b = RandomElements.one(random);
          Elements c = RandomElements.one(random);
          assertThat(a.plus(b)).isEqualTo(b.plus(a));
          assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
          assertThat(a.plus(Elements.NONE)).isEqualTo(a).isEqualTo(Elements.NONE.plus(a));
        });
  }

  @Test
  void manySumsInAnyOrderAreEqual() {
    Seeded.check(
        200,
        random -> {
          List<Elements> parts = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            parts.add(RandomElements.one(random));
          }
          Elements sum = parts.stream().reduce(Elements.NONE, Elements::plus);
          Collections.shuffle(parts, new Random(random.nextLong()));
          Elements shuffled = parts.stream().reduce(Elements.NONE, Elements::plus);
          assertThat(shuffled).isEqualTo(sum).hasSameHashCodeAs(sum).hasToString(sum.toString());
        });
  }

  @Test
  void everyComponentIsSummed() {
    Seeded.check(
        1_000,
        random -> {
          Elements a = RandomElements.one(random);
          Elements b = RandomElements.one(random);
          Elements sum = a.plus(b);
          for (TimeCategory category : TimeCategory.values()) {
            assertThat(sum.times().of(category))
                .isEqualTo(a.times().of(category) + b.times().of(category));
          }
          for (ElementName name : ElementName.values()) {
            if (a.lacks().isEmpty() && b.lacks().isEmpty() && name.of(a).isPresent()) {
              assertThat(name.of(sum).orElseThrow())
                  .isCloseTo(name.of(a).orElseThrow() + name.of(b).orElseThrow(), offset(1e-6));
            }
          }
          assertThat(sum.absorbedMicros()).isEqualTo(a.absorbedMicros() + b.absorbedMicros());
          assertThat(sum.stops()).isEqualTo(a.stops() + b.stops());
          assertThat(sum.counts().startUpReject())
              .isEqualTo(a.counts().startUpReject().plus(b.counts().startUpReject()));
          assertThat(sum.counts().unplanned())
              .isEqualTo(a.counts().unplanned().plus(b.counts().unplanned()));
          assertThat(sum.counts().difference())
              .isEqualTo(a.counts().difference().plus(b.counts().difference()));
          assertThat(sum.counts().corrected())
              .isEqualTo(a.counts().corrected() || b.counts().corrected());
          assertThat(sum.ideal().goodMicros())
              .isEqualTo(a.ideal().goodMicros() + b.ideal().goodMicros());
          assertThat(sum.ideal().startUpRejectMicros())
              .isEqualTo(a.ideal().startUpRejectMicros() + b.ideal().startUpRejectMicros());
          assertThat(sum.energy().total()).isEqualTo(a.energy().total().plus(b.energy().total()));
          assertThat(sum.energy().idle()).isEqualTo(a.energy().idle().plus(b.energy().idle()));
          assertThat(sum.energy().coveredMicros())
              .isEqualTo(a.energy().coveredMicros() + b.energy().coveredMicros());
          Set<Lack> either = EnumSet.noneOf(Lack.class);
          either.addAll(a.lacks());
          either.addAll(b.lacks());
          assertThat(sum.lacks()).isEqualTo(either);
        });
  }

  @Test
  void whatCannotBeIsRefused() {
    Elements some = RandomElements.known(new Random(1), Duration.ofSeconds(1));
    assertThatThrownBy(() -> absorbing(some, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> absorbing(some, some.times().of(TimeCategory.PRODUCTION) + 1))
        .isInstanceOf(IllegalArgumentException.class);
    for (long[] wrong :
        List.of(
            new long[] {-1, 0, 0, 0},
            new long[] {0, -1, 0, 0},
            new long[] {0, 0, -1, 0},
            new long[] {0, 0, 0, -1})) {
      assertThatThrownBy(() -> new Failures(wrong[0], wrong[1], wrong[2], wrong[3]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new TimeSums(Map.of(TimeCategory.DELAY, -1L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sumsThatNoLongHoldsAreErrors() {
    TimeSums most = new TimeSums(Map.of(TimeCategory.SETUP, Long.MAX_VALUE));
    TimeSums one = new TimeSums(Map.of(TimeCategory.SETUP, 1L));
    assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.plus(new TimeSums(Map.of(TimeCategory.DELAY, 1L))).calendar())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void nobodyChangesThemFromOutside() {
    Set<Lack> lacks = new HashSet<>(Set.of(Lack.ENERGY));
    Elements elements = RandomElements.with(Elements.NONE, lacks);
    lacks.add(Lack.IDEAL);
    assertThat(elements.lacks()).containsExactly(Lack.ENERGY);
    assertThatThrownBy(() -> elements.lacks().add(Lack.IDEAL))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> elements.times().micros().put(TimeCategory.SETUP, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void sumsWithAndWithoutZerosAreEqual() {
    assertThat(new TimeSums(Map.of(TimeCategory.SETUP, 0L))).isEqualTo(TimeSums.NONE);
    assertThat(
            new EnergyUse(
                Map.of(TimeCategory.SETUP, Quantity.ZERO),
                new TreeMap<>(Map.of("6", Quantity.ZERO)),
                0,
                0))
        .isEqualTo(EnergyUse.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "19271, 1, 19271000000",
    "203, 180, 36540000000",
    "1, 0.000000001, 0",
    "500, 0.000000001, 1",
    "499, 0.000000001, 0",
    "-500, 0.000000001, 0",
    "-501, 0.000000001, -1",
    "0.000001, 1, 1",
    "1000000000, 9000, 9000000000000000000"
  })
  void idealTimesAreExactToTheMicrosecond(double items, double seconds, long micros) {
    Duration cycle = Duration.ofNanos(Math.round(seconds * 1e9));
    assertThat(IdealTimes.micros(Quantity.of(items), cycle)).isEqualTo(micros);
  }

  @Test
  void idealTimesAreThoseOfEachCount() {
    Seeded.check(
        500,
        random -> {
          Counts counts = RandomElements.counts(random);
          Duration cycle = Duration.ofNanos(random.nextLong(1, 9_000_000_000L));
          IdealTimes ideal = IdealTimes.of(counts, cycle);
          double micros = cycle.toNanos() / 1e3;
          assertThat((double) ideal.producedMicros())
              .isCloseTo(counts.produced().units() * micros, offset(1.0));
          assertThat((double) ideal.goodMicros())
              .isCloseTo(counts.good().units() * micros, offset(1.0));
          assertThat((double) ideal.startUpRejectMicros())
              .isCloseTo(counts.startUpReject().units() * micros, offset(1.0));
          assertThat(ideal.without()).isEqualTo(Quantity.ZERO);
          IdealTimes unknown = IdealTimes.unknown(counts.produced());
          assertThat(unknown.plus(ideal))
              .isEqualTo(
                  new IdealTimes(
                      ideal.producedMicros(),
                      ideal.goodMicros(),
                      ideal.startUpRejectMicros(),
                      counts.produced()));
        });
  }

  @Test
  void anIdealCycleTakesTime() {
    assertThatThrownBy(() -> IdealTimes.micros(Quantity.of(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IdealTimes.micros(Quantity.of(1), Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> IdealTimes.micros(Quantity.of(Quantity.MAX_UNITS), Duration.ofDays(36_500)))
        .isInstanceOf(ArithmeticException.class);
  }

  private static Elements absorbing(Elements e, long micros) {
    return new Elements(
        e.times(),
        micros,
        e.counts(),
        e.ideal(),
        e.plannedScrap(),
        e.capacity(),
        e.stops(),
        e.failures(),
        e.energy(),
        e.lacks());
  }
}
