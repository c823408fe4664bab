package io.linewright.oee.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.oee.element.Counts;
import io.linewright.oee.element.ElementName;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.element.Lack;
import io.linewright.oee.element.RandomElements;
import io.linewright.oee.element.TimeSums;
import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KpiTableTest {

  private static final double HOUR = 3_600_000_000.0;
  private static final KpiOptions PLUS_ONE =
      new KpiOptions(FailureDivisor.FAILURES_PLUS_ONE, NoDataTreatment.COUNTS);
  private static final KpiOptions WITHOUT_NO_DATA =
      new KpiOptions(FailureDivisor.FAILURES, NoDataTreatment.EXCLUDED);

  /** A day with something of everything, in hours and items; 30 s an item. */
  private static final Elements DAY = day(Set.of());

  private static final KpiScope ORDER = new KpiScope(Math.round(20 * HOUR), Quantity.of(1_250));

  @ParameterizedTest
  @CsvSource({
    "ALLOCATION_RATIO, 0.7",
    "THROUGHPUT_RATE, 50",
    "ALLOCATION_EFFICIENCY, 0.7",
    "UTILISATION_EFFICIENCY, 0.714285714285714286",
    "OEE_INDEX, 0.375",
    "NEE_INDEX, 0.45",
    "AVAILABILITY, 0.5",
    "EFFECTIVENESS, 0.833333333333333333",
    "QUALITY_RATIO, 0.9",
    "SETUP_RATIO, 0.166666666666666667",
    "TECHNICAL_EFFICIENCY, 0.833333333333333333",
    "PRODUCTION_PROCESS_RATIO, 0.5",
    "ACTUAL_TO_PLANNED_SCRAP, 1.6",
    "FIRST_PASS_YIELD, 0.875",
    "SCRAP_RATIO, 0.08",
    "REWORK_RATIO, 0.02",
    "FALL_OFF_RATIO, 0.064",
    "COMPREHENSIVE_ENERGY, 0.25",
    "EQUIPMENT_LOAD_RATIO, 0.4",
    "MTBF, 9000",
    "MTTF, 12600",
    "MTTR, 2700",
    "CORRECTIVE_MAINTENANCE_RATIO, 0.75"
  })
  void figuresOfADayAreThose(Kpi kpi, double value) {
    KpiValue.Defined defined = (KpiValue.Defined) KpiTable.of(kpi, DAY, ORDER, KpiOptions.DEFAULT);
    assertThat(defined.value()).isCloseTo(value, within(1e-9));
    assertThat(defined.elements().keySet()).isEqualTo(kpi.needs());
    assertThat(defined.over()).isEmpty();
  }

  @Test
  void theOthersSayWhatTheyLack() {
    for (Kpi kpi :
        List.of(
            Kpi.WORKER_EFFICIENCY,
            Kpi.MACHINE_CAPABILITY,
            Kpi.CRITICAL_MACHINE_CAPABILITY,
            Kpi.PROCESS_CAPABILITY,
            Kpi.CRITICAL_PROCESS_CAPABILITY,
            Kpi.INVENTORY_TURNS,
            Kpi.FINISHED_GOODS_RATIO,
            Kpi.INTEGRATED_GOODS_RATIO,
            Kpi.PRODUCTION_LOSS_RATIO,
            Kpi.STORAGE_AND_TRANSPORT_LOSS_RATIO,
            Kpi.OTHER_LOSS_RATIO)) {
      assertThat(KpiTable.of(kpi, DAY, ORDER, KpiOptions.DEFAULT))
          .isInstanceOf(KpiValue.Lacking.class);
    }
    assertThat(lacks(Kpi.WORKER_EFFICIENCY, DAY))
        .containsExactly("attendance times of people", "work times of people");
    assertThat(lacks(Kpi.THROUGHPUT_RATE, DAY)).containsExactly("one order: ask by order");
    assertThat(lacks(Kpi.FALL_OFF_RATIO, DAY)).containsExactly("the topology of the line");
    assertThat(lacks(Kpi.PROCESS_CAPABILITY, DAY))
        .containsExactly("measurements, which quality-service has");
  }

  /** One counter of all items says nothing of quality, and no cycle time nothing of speed. */
  @Test
  void whatIsNotKnownIsNotComputed() {
    Elements e = day(Set.of(Lack.GOOD, Lack.IDEAL));
    assertThat(lacks(Kpi.QUALITY_RATIO, e)).containsExactly(Lack.GOOD.title());
    assertThat(lacks(Kpi.EFFECTIVENESS, e)).containsExactly(Lack.IDEAL.title());
    assertThat(lacks(Kpi.OEE_INDEX, e)).containsExactly(Lack.GOOD.title(), Lack.IDEAL.title());
    assertThat(value(Kpi.AVAILABILITY, e, KpiOptions.DEFAULT)).isEqualTo(0.5);
  }

  @Test
  void nothingIsTheResultOfADivisionByZero() {
    for (KpiValue value : KpiTable.of(Elements.NONE, ORDER, KpiOptions.DEFAULT)) {
      assertThat(value)
          .as("%s", value.kpi())
          .satisfiesAnyOf(
              v -> assertThat(v).isInstanceOf(KpiValue.NotDefined.class),
              v -> assertThat(v).isInstanceOf(KpiValue.Lacking.class),
              v ->
                  assertThat(v.kpi())
                      .isIn(
                          Kpi.ALLOCATION_RATIO,
                          Kpi.THROUGHPUT_RATE,
                          Kpi.PRODUCTION_PROCESS_RATIO,
                          Kpi.FALL_OFF_RATIO));
    }
    KpiValue.NotDefined oee = notDefined(Kpi.OEE_INDEX, Elements.NONE, KpiOptions.DEFAULT);
    assertThat(oee.zeroDenominator()).containsExactly(ElementName.PBT);
    assertThat(oee.why()).isEqualTo("PBT is 0");
    assertThat(notDefined(Kpi.CORRECTIVE_MAINTENANCE_RATIO, Elements.NONE, PLUS_ONE).why())
        .isEqualTo("CMT + PMT is 0");
  }

  /** Down for all of the shift: the availability is 0, the effectiveness of nothing is unknown. */
  @Test
  void aMachineThatDidNotRunHasNoEffectiveness() {
    Elements e =
        elements(Map.of(TimeCategory.BREAKDOWN, HOUR), Counts.NONE, Failures.NONE, Set.of());
    assertThat(value(Kpi.AVAILABILITY, e, KpiOptions.DEFAULT)).isZero();
    assertThat(notDefined(Kpi.OEE_INDEX, e, KpiOptions.DEFAULT).zeroDenominator())
        .containsExactly(ElementName.APT);
    assertThat(notDefined(Kpi.QUALITY_RATIO, e, KpiOptions.DEFAULT).zeroDenominator())
        .containsExactly(ElementName.PQ);
  }

  @Test
  void aRepairWithoutOnsetHasNoMeanButSaysWhy() {
    Elements e =
        elements(
            Map.of(TimeCategory.BREAKDOWN, HOUR),
            Counts.NONE,
            new Failures(0, 60_000_000, 0, 0),
            Set.of());
    KpiValue.NotDefined mttr = notDefined(Kpi.MTTR, e, KpiOptions.DEFAULT);
    assertThat(mttr.why()).isEqualTo("FE is 0: what was repaired in this time broke before it");
    assertThat(mttr.elements()).containsEntry(ElementName.TTR, 60.0);
    assertThat(notDefined(Kpi.MTBF, e, KpiOptions.DEFAULT).why()).isEqualTo("FE is 0");
    assertThat(value(Kpi.MTTR, e, PLUS_ONE)).isEqualTo(60);
  }

  @Test
  void theDivisorOfMeanTimesMayBeOneMore() {
    assertThat(value(Kpi.MTBF, DAY, PLUS_ONE)).isCloseTo(36_000 / 5.0, within(1e-9));
    assertThat(value(Kpi.MTTF, DAY, PLUS_ONE)).isCloseTo(50_400 / 5.0, within(1e-9));
    assertThat(value(Kpi.MTTR, DAY, PLUS_ONE)).isCloseTo(10_800 / 5.0, within(1e-9));
    assertThat(value(Kpi.OEE_INDEX, DAY, PLUS_ONE)).isCloseTo(0.375, within(1e-9));
  }

  @Test
  void timeWithoutDataMayBeLeftOut() {
    assertThat(value(Kpi.AVAILABILITY, DAY, WITHOUT_NO_DATA)).isCloseTo(10 / 18.0, within(1e-9));
    assertThat(value(Kpi.ALLOCATION_EFFICIENCY, DAY, WITHOUT_NO_DATA))
        .isCloseTo(14 / 18.0, within(1e-9));
    assertThat(value(Kpi.OEE_INDEX, DAY, WITHOUT_NO_DATA)).isCloseTo(7.5 / 18, within(1e-9));
    assertThat(value(Kpi.EFFECTIVENESS, DAY, WITHOUT_NO_DATA))
        .isEqualTo(value(Kpi.EFFECTIVENESS, DAY, KpiOptions.DEFAULT));
    Elements unknown =
        elements(Map.of(TimeCategory.NO_DATA, HOUR), Counts.NONE, Failures.NONE, Set.of());
    assertThat(value(Kpi.AVAILABILITY, unknown, KpiOptions.DEFAULT)).isZero();
    assertThat(notDefined(Kpi.AVAILABILITY, unknown, WITHOUT_NO_DATA).why()).isEqualTo("PBT is 0");
  }

  @Test
  void whatIsOver100PercentIsShownAndSaysWhatToLookAt() {
    Elements fast = produced(counts(2_000, 2_000, 0, 0, 0, false));
    KpiValue.Defined e = defined(Kpi.EFFECTIVENESS, fast);
    assertThat(e.value()).isCloseTo(5 / 3.0, within(1e-9));
    assertThat(e.over()).containsExactly(Excess.IDEAL_CYCLE_TOO_LONG);
    assertThat(defined(Kpi.OEE_INDEX, fast).over()).isEmpty();

    assertThat(defined(Kpi.EFFECTIVENESS, produced(counts(2_000, 2_000, 0, 300, 0, true))).over())
        .containsExactly(
            Excess.IDEAL_CYCLE_TOO_LONG, Excess.CORRECTED_COUNTS, Excess.UNPLANNED_OUTPUT);
    assertThat(defined(Kpi.EQUIPMENT_LOAD_RATIO, produced(counts(3_000, 0, 0, 0, 0, false))).over())
        .containsExactly(Excess.CAPACITY_TOO_LOW);
    assertThat(defined(Kpi.QUALITY_RATIO, produced(counts(100, 101, 0, 0, -1, false))).over())
        .containsExactly(Excess.COUNTS_DISAGREE);
    KpiValue.Defined negative =
        defined(Kpi.QUALITY_RATIO, produced(counts(100, -20, 120, 0, 0, false)));
    assertThat(negative.value()).isCloseTo(-0.2, within(1e-9));
    assertThat(negative.over()).containsExactly(Excess.REJECTS_EXCEED_OUTPUT);
    assertThat(defined(Kpi.ACTUAL_TO_PLANNED_SCRAP, DAY).value()).isGreaterThan(1);
    assertThat(defined(Kpi.ACTUAL_TO_PLANNED_SCRAP, DAY).over()).isEmpty();
  }

  @Test
  void everyKpiIsAnsweredAndFlaggedOnlyWhereItIsOutside() {
    Seeded.check(
        2_000,
        random -> {
          Elements e = RandomElements.one(random);
          for (KpiOptions options : List.of(KpiOptions.DEFAULT, PLUS_ONE, WITHOUT_NO_DATA)) {
            List<KpiValue> values = KpiTable.of(e, ORDER, options);
            assertThat(values).extracting(KpiValue::kpi).containsExactly(Kpi.values());
            for (KpiValue value : values) {
              if (value instanceof KpiValue.Defined(Kpi kpi, double number, var _, var over)) {
                boolean outside = number < 0 || (number > 1 && kpi.share());
                assertThat(over.isEmpty()).as("%s of %s", value, e).isNotEqualTo(outside);
              }
            }
          }
        });
  }

  @Test
  void theIndexIsTheProductOfItsThreeFactors() {
    Seeded.check(
        1_000,
        random -> {
          Elements e = RandomElements.known(random, Duration.ofMillis(1 + random.nextInt(9_000)));
          if (KpiTable.of(Kpi.OEE_INDEX, e, ORDER, KpiOptions.DEFAULT)
              instanceof KpiValue.Defined oee) {
            double product =
                value(Kpi.AVAILABILITY, e, KpiOptions.DEFAULT)
                    * value(Kpi.EFFECTIVENESS, e, KpiOptions.DEFAULT)
                    * value(Kpi.QUALITY_RATIO, e, KpiOptions.DEFAULT);
            assertThat(oee.value()).isCloseTo(product, within(1e-9 * Math.abs(product)));
          }
        });
  }

  /** 1 of 1 hour and 0 of 9 hours are 1 of 10 hours, and not the mean of 100 % and 0 %. */
  @Test
  void figuresOfSeveralMachinesAreNoMeans() {
    Elements busy =
        elements(Map.of(TimeCategory.PRODUCTION, HOUR), Counts.NONE, Failures.NONE, Set.of());
    Elements idle =
        elements(Map.of(TimeCategory.DELAY, 9 * HOUR), Counts.NONE, Failures.NONE, Set.of());
    assertThat(value(Kpi.AVAILABILITY, busy.plus(idle), KpiOptions.DEFAULT)).isEqualTo(0.1);
  }

  private static Elements day(Set<Lack> lacks) {
    Map<TimeCategory, Double> micros = new EnumMap<>(TimeCategory.class);
    micros.put(TimeCategory.PRODUCTION, 10 * HOUR);
    micros.put(TimeCategory.SETUP, 2 * HOUR);
    micros.put(TimeCategory.MINOR_STOP, HOUR / 2);
    micros.put(TimeCategory.STARVED, HOUR / 2);
    micros.put(TimeCategory.BLOCKED, HOUR / 2);
    micros.put(TimeCategory.DELAY, HOUR / 2);
    micros.put(TimeCategory.BREAKDOWN, 3 * HOUR);
    micros.put(TimeCategory.UNEXPLAINED, HOUR);
    micros.put(TimeCategory.NO_DATA, 2 * HOUR);
    micros.put(TimeCategory.PLANNED_STOP, 3 * HOUR);
    micros.put(TimeCategory.UNSCHEDULED, HOUR);
    Failures failures =
        new Failures(4, Math.round(3 * HOUR), Math.round(1.5 * HOUR), Math.round(0.5 * HOUR));
    Counts counts =
        new Counts(
            Quantity.of(1_000),
            Quantity.of(900),
            Quantity.of(80),
            Quantity.of(20),
            Quantity.of(10),
            Quantity.of(800),
            Quantity.of(700),
            Quantity.ZERO,
            Quantity.ZERO,
            false);
    return elements(micros, counts, failures, lacks);
  }

  private static Elements produced(Counts counts) {
    return elements(
        Map.of(TimeCategory.PRODUCTION, 10 * HOUR, TimeCategory.DELAY, 10 * HOUR),
        counts,
        Failures.NONE,
        Set.of());
  }

  private static Counts counts(
      long produced, long good, long reject, long unplanned, long difference, boolean corrected) {
    return new Counts(
        Quantity.of(produced),
        Quantity.of(good),
        Quantity.of(reject),
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.of(produced),
        Quantity.of(good),
        Quantity.of(unplanned),
        Quantity.of(difference),
        corrected);
  }

  private static Elements elements(
      Map<TimeCategory, Double> times, Counts counts, Failures failures, Set<Lack> lacks) {
    Map<TimeCategory, Long> micros = new EnumMap<>(TimeCategory.class);
    times.forEach((category, value) -> micros.put(category, Math.round(value)));
    boolean any = counts.produced().millionths() != 0;
    Quantity kwh = any ? Quantity.of(250) : Quantity.ZERO;
    return new Elements(
        new TimeSums(micros),
        0,
        counts,
        IdealTimes.of(counts, Duration.ofSeconds(30)),
        any ? Quantity.of(50) : Quantity.ZERO,
        any ? Quantity.of(2_500) : Quantity.ZERO,
        0,
        failures,
        new EnergyUse(Map.of(TimeCategory.PRODUCTION, kwh), new TreeMap<>(Map.of("6", kwh)), 0, 0),
        lacks);
  }

  private static double value(Kpi kpi, Elements e, KpiOptions options) {
    return ((KpiValue.Defined) KpiTable.of(kpi, e, KpiScope.NONE, options)).value();
  }

  private static KpiValue.Defined defined(Kpi kpi, Elements e) {
    return (KpiValue.Defined) KpiTable.of(kpi, e, KpiScope.NONE, KpiOptions.DEFAULT);
  }

  private static KpiValue.NotDefined notDefined(Kpi kpi, Elements e, KpiOptions options) {
    return (KpiValue.NotDefined) KpiTable.of(kpi, e, KpiScope.NONE, options);
  }

  private static List<String> lacks(Kpi kpi, Elements e) {
    return ((KpiValue.Lacking) KpiTable.of(kpi, e, KpiScope.NONE, KpiOptions.DEFAULT)).lacks();
  }
}
