package io.linewright.ingest.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.rollup.Rollup.Edge;
import io.linewright.ingest.rollup.Rollup.Extreme;
import io.linewright.ingest.rollup.Rollup.Held;
import io.linewright.ingest.rollup.Rollup.Numbers;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollupFoldTest {

  private static final long SECOND = 1_000_000;

  @Test
  void eachSampleHoldsUntilTheNextAndTheLastUntilTheEnd() {
    Rollup minute =
        of(
            Level.MINUTE,
            0,
            List.of(
                sample(10, 0, 4.0, StatusCode.GOOD),
                sample(20, 0, 2.0, StatusCode.UNCERTAIN),
                sample(30, 0, null, StatusCode.BAD),
                sample(45, 0, Double.NaN, StatusCode.GOOD),
                sample(50, 0, 2.0, StatusCode.GOOD)));

    assertThat(minute.good()).isEqualTo(3);
    assertThat(minute.uncertain()).isEqualTo(1);
    assertThat(minute.bad()).isEqualTo(1);
    assertThat(minute.numbers())
        .isEqualTo(new Numbers(3, 8, 24, new Extreme(2, 20 * SECOND), new Extreme(4, 10 * SECOND)));
    assertThat(minute.first()).isEqualTo(new Edge(10 * SECOND, StatusCode.GOOD, 4.0));
    assertThat(minute.last()).isEqualTo(new Edge(50 * SECOND, StatusCode.GOOD, 2.0));
    assertThat(minute.held())
        .isEqualTo(
            new Held(40 + 20 + 20, 30 * SECOND, (10 + 5 + 10) * SECOND, 10 * SECOND, 15 * SECOND));
  }

  @Test
  void ofSeveralValuesAtOneInstantTheLastHolds() {
    Rollup minute =
        of(
            Level.MINUTE,
            0,
            List.of(
                sample(30, 0, 1.0, StatusCode.GOOD),
                sample(30, 1, 5.0, StatusCode.GOOD),
                sample(30, 2, 5.0, StatusCode.BAD)));

    assertThat(minute.held()).isEqualTo(new Held(0, 0, 0, 0, 30 * SECOND));
    assertThat(minute.numbers().count()).isEqualTo(2);
    assertThat(minute.last().usable()).isNull();
  }

  @Test
  void timeBetweenPartsIsHeldByTheLastValueBeforeIt() {
    RollupFold hour = new RollupFold(Level.HOUR.bucket(0));
    hour.add(of(Level.MINUTE, 0, List.of(sample(30, 0, 2.0, StatusCode.GOOD))), Level.MINUTE);
    hour.add(
        of(Level.MINUTE, 10, List.of(sample(10 * 60 + 30, 0, 1.0, StatusCode.GOOD))), Level.MINUTE);

    assertThat(hour.result().held())
        .isEqualTo(
            new Held(2 * 600 + 3600 - 630, (3600 - 30) * SECOND, (3600 - 30) * SECOND, 0, 0));
  }

  @Test
  void textsAreCountedAndLeaveNoPoints() {
    RollupFold fold = new RollupFold(Level.MINUTE.bucket(0));
    fold.add(new Sample(null, StatusCode.GOOD, 5, 0), true);

    assertThat(fold.result().samples()).isEqualTo(1);
    assertThat(fold.result().points()).isNull();
    assertThat(fold.result().numbers().count()).isZero();
  }

  @Test
  void withoutSamplesThereIsNone() {
    RollupFold fold = new RollupFold(Level.DAY.bucket(3));
    assertThat(fold.isEmpty()).isTrue();
    assertThatThrownBy(fold::result).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hoursOfMinutesAndDaysOfHoursAreThoseOfTheSamples() {
    Seeded.check(
        100,
        random -> {
          List<Sample> samples = day(random);
          Rollup direct = of(Level.DAY, 0, samples);
          Rollup composed =
              compose(Level.DAY, compose(Level.HOUR, parts(Level.MINUTE, samples))).getFirst();
          assertThat(composed).isEqualTo(direct);
        });
  }

  @Test
  void pointsSurvivePacking() {
    Seeded.check(
        100,
        random -> {
          List<Sample> points = of(Level.DAY, 0, day(random)).points();
          assertThat(points).isNotNull();
          assertThat(PackedPoints.unpack(PackedPoints.pack(points))).isEqualTo(points);
        });
    assertThatThrownBy(() -> PackedPoints.unpack(new byte[22]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                PackedPoints.pack(
                    List.of(new Sample(SampleValue.of("text"), StatusCode.GOOD, 0, 0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Values and times of which sums are exact in any order. */
  private static List<Sample> day(RandomGenerator random) {
    List<Sample> samples = new ArrayList<>();
    long micros = random.nextLong(3_600) * SECOND;
    int ordinal = 0;
    while (micros < Level.DAY.micros()) {
      samples.add(new Sample(value(random), status(random), micros, ordinal));
      long step = random.nextInt(4) == 0 ? 0 : random.nextLong(1, 1_800) * SECOND;
      ordinal = step == 0 ? ordinal + 1 : 0;
      micros += step;
    }
    return samples;
  }

  private static @Nullable SampleValue value(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> SampleValue.of(Double.NaN);
      case 2 -> SampleValue.of(Double.POSITIVE_INFINITY);
      case 3 -> SampleValue.of(random.nextBoolean());
      case 4 -> SampleValue.of(random.nextLong(-100, 100));
      default -> SampleValue.of(random.nextInt(-64, 64) / 8.0);
    };
  }

  private static StatusCode status(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> StatusCode.BAD_NO_COMMUNICATION;
      case 1 -> StatusCode.UNCERTAIN_LAST_USABLE_VALUE;
      default -> StatusCode.GOOD;
    };
  }

  private static List<Rollup> parts(Level level, List<Sample> samples) {
    List<Rollup> parts = new ArrayList<>();
    List<Sample> one = new ArrayList<>();
    for (Sample sample : samples) {
      if (!one.isEmpty()
          && level.numberOf(one.getFirst().sourceMicros())
              != level.numberOf(sample.sourceMicros())) {
        parts.add(of(level, level.numberOf(one.getFirst().sourceMicros()), one));
        one.clear();
      }
      one.add(sample);
    }
    parts.add(of(level, level.numberOf(one.getFirst().sourceMicros()), one));
    return parts;
  }

  private static List<Rollup> compose(Level level, List<Rollup> lower) {
    List<Rollup> composed = new ArrayList<>();
    RollupFold fold = null;
    int number = 0;
    for (Rollup part : lower) {
      int wanted = level.numberOf(part.startMicros());
      if (fold == null || wanted != number) {
        if (fold != null) {
          composed.add(fold.result());
        }
        fold = new RollupFold(level.bucket(wanted));
        number = wanted;
      }
      fold.add(part, level.lower().orElseThrow());
    }
    if (fold != null) {
      composed.add(fold.result());
    }
    return composed;
  }

  private static Rollup of(Level level, int number, List<Sample> samples) {
    RollupFold fold = new RollupFold(level.bucket(number));
    samples.forEach(sample -> fold.add(sample, false));
    return fold.result();
  }

  private static Sample sample(
      long seconds, int ordinal, @Nullable Double value, StatusCode status) {
    return new Sample(
        value == null ? null : SampleValue.of(value), status, seconds * SECOND, ordinal);
  }
}
