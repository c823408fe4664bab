package io.linewright.oee.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EnergyCurveTest {

  private static final EnergyRules RULES = EnergyRules.DEFAULT;
  private static final EnergyRules MOST =
      new EnergyRules(
          TrackKind.ENERGY, RULES.longestGap(), Quantity.of(1_000_000L), RULES.window());
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;

  @Test
  void aCounterRisesEvenlyBetweenReadings() {
    EnergyCurve curve = counter(at(0, 100), at(MINUTE, 101), at(2 * MINUTE, 104));
    assertThat(kwh(curve, 0, 2 * MINUTE)).isEqualTo(4);
    assertThat(kwh(curve, 0, 30 * SECOND)).isEqualTo(0.5);
    assertThat(kwh(curve, 30 * SECOND, 90 * SECOND)).isEqualTo(2);
    assertThat(curve.coveredMicros(span(-MINUTE, 3 * MINUTE))).isEqualTo(2 * MINUTE);
    assertThat(curve.lastMicros()).hasValue(2 * MINUTE);
  }

  @Test
  void outsideOfTheReadingsThereIsNothing() {
    EnergyCurve curve = counter(at(0, 100), at(MINUTE, 101));
    assertThat(kwh(curve, -MINUTE, 0)).isZero();
    assertThat(kwh(curve, MINUTE, 9 * MINUTE)).isZero();
    assertThat(kwh(curve, -9 * MINUTE, 9 * MINUTE)).isEqualTo(1);
    EnergyCurve single = counter(at(0, 100));
    assertThat(kwh(single, -MINUTE, MINUTE)).isZero();
    assertThat(single.coveredMicros(span(-MINUTE, MINUTE))).isZero();
    assertThat(kwh(counter(), -MINUTE, MINUTE)).isZero();
    assertThat(counter().lastMicros()).isEmpty();
  }

  @Test
  void aCounterThatFallsWasReset() {
    EnergyCurve curve = counter(at(0, 100), at(MINUTE, 2), at(2 * MINUTE, 5));
    assertThat(kwh(curve, 0, MINUTE)).isEqualTo(2);
    assertThat(kwh(curve, 0, 2 * MINUTE)).isEqualTo(5);
    EnergyCurve below = counter(at(0, 100), at(MINUTE, -2), at(2 * MINUTE, 1));
    assertThat(kwh(below, 0, 2 * MINUTE)).isEqualTo(3);
    assertThat(below.coveredMicros(span(0, 2 * MINUTE))).isEqualTo(MINUTE);
  }

  /** A meter that shows 0 for a moment has not counted all its life again. */
  @Test
  void whatNoMachineTakesIsNotCounted() {
    EnergyCurve curve =
        counter(at(0, 100_000), at(MINUTE, 0), at(2 * MINUTE, 100_001), at(3 * MINUTE, 100_002));
    assertThat(kwh(curve, 0, 3 * MINUTE)).isEqualTo(1);
    assertThat(curve.coveredMicros(span(0, 3 * MINUTE))).isEqualTo(2 * MINUTE);
    // 10 MW for two minutes, and a bit more
    assertThat(kwh(counter(at(0, 0), at(MINUTE, 333.333333)), 0, MINUTE)).isEqualTo(333.333333);
    assertThat(kwh(counter(at(0, 0), at(MINUTE, 333.333334)), 0, MINUTE)).isZero();
  }

  @Test
  void acrossALongGapACounterStillCountsButNobodyKnowsWhen() {
    EnergyCurve curve = counter(at(0, 100), at(60 * MINUTE, 106));
    assertThat(kwh(curve, 0, 60 * MINUTE)).isEqualTo(6);
    assertThat(curve.coveredMicros(span(0, 60 * MINUTE))).isZero();
    EnergyCurve still = counter(at(0, 100), at(60 * MINUTE, 100));
    assertThat(still.coveredMicros(span(0, 60 * MINUTE))).isEqualTo(60 * MINUTE);
  }

  @Test
  void powerIsTheMeanOfTwoReadings() {
    EnergyCurve curve = power(at(0, 60), at(MINUTE, 120), at(2 * MINUTE, 120));
    assertThat(kwh(curve, 0, MINUTE)).isEqualTo(1.5);
    assertThat(kwh(curve, 0, 2 * MINUTE)).isEqualTo(3.5);
    assertThat(kwh(power(at(0, -60), at(MINUTE, -60)), 0, MINUTE)).isEqualTo(-1);
  }

  @Test
  void acrossALongGapPowerIsNotKnown() {
    EnergyCurve curve =
        power(at(0, 60), at(3 * MINUTE, 60), at(6 * MINUTE + 1, 60), at(7 * MINUTE + 1, 60));
    assertThat(kwh(curve, 0, 8 * MINUTE)).isEqualTo(4);
    assertThat(curve.coveredMicros(span(0, 8 * MINUTE))).isEqualTo(4 * MINUTE);
  }

  @Test
  void whatNoMeterShowsIsNoReading() {
    for (double none :
        List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e13)) {
      EnergyCurve curve = counter(at(0, 100), at(MINUTE, none), at(2 * MINUTE, 104));
      assertThat(kwh(curve, 0, MINUTE)).isEqualTo(2);
      assertThat(kwh(power(at(0, 60), at(MINUTE, none), at(2 * MINUTE, 60)), 0, MINUTE))
          .isEqualTo(1);
    }
    assertThat(kwh(power(at(0, 60), at(MINUTE, 10_001), at(2 * MINUTE, 60)), 0, 2 * MINUTE))
        .isEqualTo(2);
  }

  @Test
  void noReadingIsAnError() {
    Seeded.check(
        2_000,
        random -> {
          List<EnergyReading> readings = new ArrayList<>();
          for (int i = random.nextInt(12); i > 0; i--) {
            readings.add(
                new EnergyReading(
                    random.nextLong() >> random.nextInt(Long.SIZE),
                    Double.longBitsToDouble(random.nextLong())));
            readings.add(
                new EnergyReading(
                    random.nextLong() >> random.nextInt(Long.SIZE), random.nextDouble(1e12)));
          }
          Span all = span(-(1L << 61), 1L << 61);
          for (TrackKind kind : List.of(TrackKind.ENERGY, TrackKind.POWER)) {
            EnergyCurve curve = EnergyCurve.of(kind, readings, random.nextBoolean() ? RULES : MOST);
            assertThat(curve.coveredMicros(all)).isBetween(0L, all.micros());
            assertThat(curve.between(all)).isNotNull();
          }
        });
  }

  @Test
  void ofOneInstantTheLastReadingHolds() {
    assertThat(kwh(counter(at(0, 100), at(MINUTE, 150), at(MINUTE, 101)), 0, MINUTE)).isEqualTo(1);
  }

  @Test
  void partsOfASpanAreExactlyTheWhole() {
    Seeded.check(
        5_000,
        random -> {
          EnergyCurve curve = EnergyCurve.of(kind(random), readings(random), RULES);
          Span whole = span(random.nextLong(-100, 5_000), random.nextLong(5_001, 12_000));
          Track<Integer> track = track(random, whole);
          Map<Integer, Quantity> parts = curve.split(track);
          assertThat(parts.values().stream().reduce(Quantity.ZERO, Quantity::plus))
              .isEqualTo(curve.between(whole));
          assertThat(parts.keySet())
              .containsExactlyInAnyOrderElementsOf(
                  track.pieces().stream().map(piece -> piece.value()).distinct().toList());
        });
  }

  /** The last reading before a span and the first after it are enough, in whatever order. */
  @Test
  void otherReadingsDoNotMatter() {
    Seeded.check(
        5_000,
        random -> {
          TrackKind kind = kind(random);
          List<EnergyReading> all = readings(random);
          Span span = span(random.nextLong(0, 5_000), random.nextLong(5_001, 10_000));
          EnergyCurve curve = EnergyCurve.of(kind, all, RULES);
          int from = 0;
          int to = all.size();
          while (from + 1 < all.size() && all.get(from + 1).micros() <= span.fromMicros()) {
            from++;
          }
          while (to > 1 && all.get(to - 2).micros() >= span.toMicros()) {
            to--;
          }
          List<EnergyReading> near = new ArrayList<>(all.subList(Math.min(from, to), to));
          Collections.shuffle(near, new Random(random.nextLong()));
          EnergyCurve local = EnergyCurve.of(kind, near, RULES);
          assertThat(local.between(span)).isEqualTo(curve.between(span));
          assertThat(local.coveredMicros(span)).isEqualTo(curve.coveredMicros(span));
        });
  }

  /** Against sums of doubles, which do it piece by piece. */
  @Test
  void energyIsThatOfPlainArithmetic() {
    Seeded.check(
        2_000,
        random -> {
          List<EnergyReading> readings = readings(random);
          TrackKind kind = kind(random);
          EnergyCurve curve = EnergyCurve.of(kind, readings, RULES);
          Span span = span(random.nextLong(0, 5_000), random.nextLong(5_001, 10_000));
          double kwh = 0;
          for (int i = 1; i < readings.size(); i++) {
            EnergyReading a = readings.get(i - 1);
            EnergyReading b = readings.get(i);
            double gap = b.micros() - a.micros();
            double inside =
                Math.min(span.toMicros(), b.micros()) - Math.max(span.fromMicros(), a.micros());
            double piece =
                kind == TrackKind.POWER
                    ? (a.value() + b.value()) / 2 * gap / 3.6e9
                    : b.value() < a.value() ? b.value() : b.value() - a.value();
            kwh += inside <= 0 ? 0 : piece * inside / gap;
          }
          assertThat(curve.between(span).units()).isCloseTo(kwh, within(1e-6 * readings.size()));
        });
  }

  @Test
  void oneKindOfMetersCountsIfAMachineHasBoth() {
    TrackName total = new TrackName(TrackKind.ENERGY, "energy");
    TrackName drive = new TrackName(TrackKind.ENERGY, "drive-energy");
    TrackName power = new TrackName(TrackKind.POWER, "power");
    TrackName good = new TrackName(TrackKind.GOOD, "good");
    List<EnergyReading> none = List.of();
    EnergyRules byPower =
        new EnergyRules(TrackKind.POWER, RULES.longestGap(), RULES.mostKilowatts(), RULES.window());
    List<EnergyReading> kilowatts = List.of(at(0, 60), at(MINUTE, 60));
    Map<TrackName, List<EnergyReading>> both =
        Map.of(total, none, drive, none, power, kilowatts, good, none);
    assertThat(EnergyCurve.of(both, RULES)).hasSize(2);
    assertThat(EnergyCurve.of(both, byPower)).hasSize(1);
    assertThat(EnergyCurve.of(Map.of(total, none, good, none), byPower)).hasSize(1);
    assertThat(EnergyCurve.of(Map.of(power, kilowatts), RULES).getFirst().between(span(0, MINUTE)))
        .isEqualTo(Quantity.of(1));
    assertThat(EnergyCurve.of(Map.of(good, none), RULES)).isEmpty();
    assertThatThrownBy(() -> EnergyCurve.of(TrackKind.GOOD, none, RULES))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rulesHaveBounds() {
    Duration gap = RULES.longestGap();
    Duration window = RULES.window();
    Quantity most = RULES.mostKilowatts();
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new EnergyRules(TrackKind.GOOD, gap, most, window),
            () -> new EnergyRules(TrackKind.POWER, Duration.ZERO, most, window),
            () -> new EnergyRules(TrackKind.POWER, Duration.ofDays(2), most, window),
            () -> new EnergyRules(TrackKind.POWER, gap, Quantity.ZERO, window),
            () -> new EnergyRules(TrackKind.POWER, gap, Quantity.of(1_000_001L), window),
            () -> new EnergyRules(TrackKind.POWER, gap, most, Duration.ofSeconds(59)),
            () -> new EnergyRules(TrackKind.POWER, gap, most, Duration.ofMinutes(7)),
            () -> new EnergyRules(TrackKind.POWER, gap, most, Duration.ofDays(2)))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static TrackKind kind(RandomGenerator random) {
    return random.nextBoolean() ? TrackKind.ENERGY : TrackKind.POWER;
  }

  /** Ascending, within ten milliseconds, so that roundings matter. */
  private static List<EnergyReading> readings(RandomGenerator random) {
    List<EnergyReading> readings = new ArrayList<>();
    long micros = random.nextLong(3_000);
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      double value = random.nextInt(5) == 0 ? random.nextInt(3) : random.nextInt(10_000) / 1_000.0;
      readings.add(at(micros, value));
      micros += random.nextLong(1, 1_500);
    }
    return readings;
  }

  private static Track<Integer> track(RandomGenerator random, Span whole) {
    List<Change<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < random.nextInt(30); i++) {
      changes.add(
          new Change<>(
              random.nextLong(whole.fromMicros(), whole.toMicros()), i, random.nextInt(4)));
    }
    return Track.of(whole, 0, changes);
  }

  private static EnergyCurve counter(EnergyReading... readings) {
    return EnergyCurve.of(TrackKind.ENERGY, List.of(readings), RULES);
  }

  private static EnergyCurve power(EnergyReading... readings) {
    return EnergyCurve.of(TrackKind.POWER, List.of(readings), RULES);
  }

  private static EnergyReading at(long micros, double value) {
    return new EnergyReading(micros, value);
  }

  private static Span span(long from, long to) {
    return new Span(from, to);
  }

  private static double kwh(EnergyCurve curve, long from, long to) {
    return curve.between(span(from, to)).units();
  }
}
