package io.linewright.oee.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.element.Lack;
import io.linewright.oee.element.RandomElements;
import io.linewright.oee.element.TimeSums;
import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.kpi.Kpi;
import io.linewright.oee.kpi.KpiOptions;
import io.linewright.oee.kpi.KpiScope;
import io.linewright.oee.kpi.KpiTable;
import io.linewright.oee.kpi.KpiValue;
import io.linewright.oee.kpi.Oracles;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WaterfallTest {

  /** A different number of µs of each category; 10 items of 7 µs, 8 good, one lost by the start. */
  private static final Elements ALL =
      elements(everyCategory(), counts(10, 8, 1), IdealTimes.of(counts(10, 8, 1), micros(7)));

  @Test
  void goesDownFromTheCalendarStepByStep() {
    assertThat(Waterfall.of(ALL).steps())
        .containsExactly(
            new LossStep(LossKind.UNSCHEDULED, 109, 1157),
            new LossStep(LossKind.PLANNED_STOP, 108, 1049),
            new LossStep(LossKind.PENDING, 111, 938),
            new LossStep(LossKind.NO_DATA, 110, 828),
            new LossStep(LossKind.BREAKDOWN, 106, 722),
            new LossStep(LossKind.UNEXPLAINED, 107, 615),
            new LossStep(LossKind.SETUP, 101, 514),
            new LossStep(LossKind.MINOR_STOP, 102, 412),
            new LossStep(LossKind.STARVED, 103, 309),
            new LossStep(LossKind.BLOCKED, 104, 205),
            new LossStep(LossKind.DELAY, 105, 100),
            new LossStep(LossKind.REDUCED_SPEED, 30, 70),
            new LossStep(LossKind.START_UP_REJECT, 7, 63),
            new LossStep(LossKind.PRODUCTION_REJECT, 7, 56),
            new LossStep(LossKind.PRODUCT_MIX, 0, 56));
    assertThat(Waterfall.of(ALL).calendarMicros()).isEqualTo(1266);
    assertThat(Waterfall.of(ALL).valueRatio()).hasValue(56.0 / 938);
    assertThat(Teep.of(ALL)).hasValue(56.0 / 1266);
  }

  @Test
  void theSixBigLossesAreTheSameNumbers() {
    SixBigLosses losses = SixBigLosses.of(Waterfall.of(ALL));
    assertThat(losses.micros())
        .containsExactly(
            Map.entry(BigLoss.BREAKDOWN, 106L),
            Map.entry(BigLoss.SETUP, 101L),
            Map.entry(BigLoss.MINOR_STOPS, 102L + 103 + 104 + 105),
            Map.entry(BigLoss.REDUCED_SPEED, 30L),
            Map.entry(BigLoss.START_UP_REJECTS, 7L),
            Map.entry(BigLoss.PRODUCTION_REJECTS, 7L));
    assertThat(losses.unexplainedMicros()).isEqualTo(107);
    assertThat(losses.noDataMicros()).isEqualTo(110);
    assertThat(losses.productMixMicros()).isZero();
  }

  /**
   * Quick items all good, slow ones all bad: the index is too high, and the mix says by how much.
   */
  @Test
  void productsOfDifferentCycleAndQualityAreTheMix() {
    Elements quick =
        elements(
            Map.of(TimeCategory.PRODUCTION, 100L),
            counts(10, 10, 0),
            IdealTimes.of(counts(10, 10, 0), micros(2)));
    Elements slow =
        elements(
            Map.of(TimeCategory.PRODUCTION, 100L),
            counts(10, 0, 0),
            IdealTimes.of(counts(10, 0, 0), micros(8)));
    Elements both = quick.plus(slow);
    Waterfall waterfall = Waterfall.of(both);
    assertThat(waterfall.remaining(LossKind.PRODUCTION_REJECT)).hasValue(20);
    assertThat(waterfall.lost(LossKind.PRODUCT_MIX)).hasValue(20 - 50);
    assertThat(waterfall.remaining(LossKind.PRODUCT_MIX)).hasValue(50);
    assertThat(oee(both)).isCloseTo(50.0 / 200, within(1e-12));
    assertThat(waterfall.valueRatio()).hasValue(0.1);
  }

  @Test
  void whatIsFasterThanIdealIsNegativeAndStillCloses() {
    Elements fast =
        elements(
            Map.of(TimeCategory.PRODUCTION, 50L),
            counts(10, 8, 1),
            IdealTimes.of(counts(10, 8, 1), micros(7)));
    assertThat(Waterfall.of(fast).lost(LossKind.REDUCED_SPEED)).hasValue(-20);
    assertThat(Waterfall.of(fast).remaining(LossKind.PRODUCT_MIX)).hasValue(56);
    assertThat(oee(fast)).isCloseTo(56.0 / 50, within(1e-12));
  }

  @Test
  void endsWhereSomethingIsNotKnown() {
    assertThat(last(Set.of(Lack.IDEAL))).isEqualTo(LossKind.DELAY);
    assertThat(last(Set.of(Lack.TOTAL, Lack.GOOD))).isEqualTo(LossKind.DELAY);
    assertThat(last(Set.of(Lack.GOOD))).isEqualTo(LossKind.REDUCED_SPEED);
    assertThat(last(Set.of(Lack.ENERGY, Lack.REWORK, Lack.INSPECTION)))
        .isEqualTo(LossKind.PRODUCT_MIX);
    Elements stateless = RandomElements.with(ALL, Set.of(Lack.STATE));
    assertThat(Waterfall.of(stateless).steps()).isEmpty();
    assertThat(Waterfall.of(stateless).lacks()).containsExactly(Lack.STATE);
    Elements withoutIdeal = RandomElements.with(ALL, Set.of(Lack.IDEAL));
    assertThat(Waterfall.of(withoutIdeal).lacks()).containsExactly(Lack.IDEAL);
    assertThat(Waterfall.of(withoutIdeal).valueRatio()).isEmpty();
    assertThat(Teep.of(withoutIdeal)).isEmpty();
    assertThat(SixBigLosses.of(Waterfall.of(withoutIdeal)).micros())
        .containsOnlyKeys(BigLoss.BREAKDOWN, BigLoss.SETUP, BigLoss.MINOR_STOPS);
  }

  @Test
  void closesExactlyForAllElements() {
    Seeded.check(
        5_000,
        random -> {
          Elements e =
              RandomElements.known(random, Duration.ofNanos(random.nextLong(1, 9_000_000)));
          for (int i = random.nextInt(3); i > 0; i--) {
            e =
                e.plus(
                    RandomElements.known(random, Duration.ofNanos(random.nextLong(1, 9_000_000))));
          }
          Waterfall waterfall = Waterfall.of(e);
          assertThat(waterfall.steps()).hasSize(LossKind.values().length);
          long lost = waterfall.steps().stream().mapToLong(LossStep::micros).sum();
          long left = waterfall.remaining(LossKind.PRODUCT_MIX).orElseThrow();
          assertThat(e.times().calendar() - lost - left).isZero();
          assertThat(waterfall.remaining(LossKind.PENDING)).hasValue(e.times().of(IsoElement.PBT));
          assertThat(waterfall.remaining(LossKind.DELAY)).hasValue(e.times().of(IsoElement.APT));
          assertThat(waterfall.remaining(LossKind.PRODUCTION_REJECT))
              .hasValue(e.ideal().goodMicros());

          SixBigLosses losses = SixBigLosses.of(waterfall);
          long six = losses.micros().values().stream().mapToLong(Long::longValue).sum();
          assertThat(
                  e.times().of(IsoElement.PBT)
                      - six
                      - losses.unexplainedMicros()
                      - losses.noDataMicros()
                      - losses.productMixMicros())
              .isEqualTo(left);
        });
  }

  @Test
  void whatRemainsIsTheIndexOfThePlannedBusyTime() {
    Seeded.check(
        2_000,
        random -> {
          Elements e =
              RandomElements.known(random, Duration.ofNanos(random.nextLong(1, 9_000_000)));
          e = e.plus(RandomElements.known(random, Duration.ofMillis(5)));
          long left = Waterfall.of(e).remaining(LossKind.PRODUCT_MIX).orElseThrow();
          KpiValue value = KpiTable.of(Kpi.OEE_INDEX, e, KpiScope.NONE, KpiOptions.DEFAULT);
          OptionalDouble teep = Teep.of(e);
          if (value instanceof KpiValue.Defined oee) {
            double effective = oee.value() * e.times().of(IsoElement.PBT);
            assertThat((double) left).isCloseTo(effective, within(1 + 1e-9 * Math.abs(effective)));
            assertThat(teep.orElseThrow() * e.times().calendar())
                .isCloseTo(effective, within(1 + 1e-9 * Math.abs(effective)));
          } else {
            assertThat(teep).isEmpty();
          }
        });
  }

  @Test
  void oneProductOnOneMachineHasNoMix() {
    Seeded.check(
        2_000,
        random -> {
          Elements e =
              RandomElements.known(random, Duration.ofNanos(random.nextLong(1, 9_000_000)));
          double worse = 1 + Math.abs(e.counts().good().units() / e.counts().produced().units());
          if (Double.isFinite(worse)) {
            // Both ideal times are whole microseconds, and so is their quotient.
            assertThat((double) Waterfall.of(e).lost(LossKind.PRODUCT_MIX).orElseThrow())
                .isCloseTo(0, within(worse));
          }
        });
  }

  /** Counts that cancel each other out make a quality that no number holds, and no exception. */
  @Test
  void anIndexOutOfRangeIsNone() {
    Counts strange =
        new Counts(
            new Quantity(1),
            Quantity.of(Quantity.MAX_UNITS),
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            false);
    Elements e =
        elements(
            Map.of(TimeCategory.PRODUCTION, 1L),
            strange,
            new IdealTimes(1_000_000, 5, 0, Quantity.ZERO));
    assertThat(Waterfall.of(e).lost(LossKind.PRODUCT_MIX)).hasValue(0);
    assertThat(Waterfall.of(e).remaining(LossKind.PRODUCT_MIX)).hasValue(5);
  }

  @Test
  void stepsAddUpWhenElementsDo() {
    Seeded.check(
        1_000,
        random -> {
          Elements a = RandomElements.known(random, Duration.ofMillis(3));
          Elements b = RandomElements.known(random, Duration.ofMillis(5));
          Waterfall sum = Waterfall.of(a.plus(b));
          for (LossKind kind : LossKind.values()) {
            if (kind != LossKind.PRODUCT_MIX) {
              assertThat(sum.lost(kind).orElseThrow())
                  .isEqualTo(
                      Waterfall.of(a).lost(kind).orElseThrow()
                          + Waterfall.of(b).lost(kind).orElseThrow());
            }
          }
        });
  }

  @Test
  void stepsThatDoNotCloseAreRefused() {
    List<LossStep> gap = List.of(new LossStep(LossKind.PLANNED_STOP, 1, 9));
    List<LossStep> wrong = List.of(new LossStep(LossKind.UNSCHEDULED, 1, 8));
    assertThatThrownBy(() -> new Waterfall(10, gap, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Waterfall(10, wrong, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTeepOfConstructedShiftsIsTheirAnswer() {
    JsonNode answers = Oracles.read("constructed_answers.json");
    for (JsonNode shift : Oracles.read("constructed_cases.json")) {
      JsonNode answer = answers.get(shift.get("id").asString());
      Elements e = Oracles.constructed(shift, answer);
      assertThat(Teep.of(e).orElseThrow())
          .isCloseTo(answer.get("teep_of_24h").asDouble(), within(1e-9));
      assertThat(Waterfall.of(e).lost(LossKind.PRODUCT_MIX)).hasValue(0);
      assertThat(Waterfall.of(e).valueRatio().orElseThrow())
          .isCloseTo(answer.get("oee").asDouble(), within(1e-9));
    }
  }

  private static LossKind last(Set<Lack> lacks) {
    return Waterfall.of(RandomElements.with(ALL, lacks)).steps().getLast().kind();
  }

  private static double oee(Elements e) {
    return ((KpiValue.Defined) KpiTable.of(Kpi.OEE_INDEX, e, KpiScope.NONE, KpiOptions.DEFAULT))
        .value();
  }

  private static Map<TimeCategory, Long> everyCategory() {
    Map<TimeCategory, Long> micros = new EnumMap<>(TimeCategory.class);
    for (TimeCategory category : TimeCategory.values()) {
      micros.put(category, 100L + category.number());
    }
    return micros;
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(1_000 * micros);
  }

  private static Counts counts(long produced, long good, long startUpReject) {
    return new Counts(
        Quantity.of(produced),
        Quantity.of(good),
        Quantity.of(produced - good),
        Quantity.ZERO,
        Quantity.of(startUpReject),
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        false);
  }

  private static Elements elements(Map<TimeCategory, Long> times, Counts counts, IdealTimes ideal) {
    return new Elements(
        new TimeSums(times),
        0,
        counts,
        ideal,
        Quantity.ZERO,
        Quantity.ZERO,
        0,
        Failures.NONE,
        EnergyUse.NONE,
        Set.of());
  }
}
