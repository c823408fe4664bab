package io.linewright.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TagDayTest {

  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = 1_000 * SECOND;
  private static final QualityRules RULES =
      new QualityRules(bounds(0.9), Duration.ofSeconds(5), Duration.ofSeconds(100), 20);

  @Test
  void aPerfectDayHasNothingToComplainAbout() {
    QualityResult result = judge(sampled(i -> i % 10));

    assertThat(result.samples()).isEqualTo(1_000);
    assertThat(result.expected()).isEqualTo(1_000);
    assertThat(result.parts()).hasSize(6).allSatisfy((part, value) -> assertThat(value).isOne());
    assertThat(result.score().orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(result.breaches()).isEmpty();
  }

  @Test
  void gapsAreMissingValuesWhateverElseComesTwice() {
    List<Sample> samples = sampled(i -> i % 10);
    samples.subList(200, 500).clear();
    List<Sample> twice = new ArrayList<>();
    samples.forEach(
        sample -> {
          twice.add(sample);
          twice.add(
              new Sample(sample.value(), StatusCode.GOOD, sample.sourceMicros() + SECOND / 2, 0));
        });

    QualityResult result = judge(twice);

    assertThat(result.samples()).isEqualTo(1_400);
    assertThat(result.parts().get(QualityPart.COMPLETENESS)).isCloseTo(0.7, within(0.01));
    assertThat(result.breaches()).containsExactly(QualityPart.COMPLETENESS);
    assertThat(result.score().orElseThrow()).isCloseTo(1 - 0.3 * 0.3, within(0.01));
  }

  @Test
  void aDayWithoutValuesIsIncompleteAndNothingElseIsKnown() {
    QualityResult result = judge(List.of());

    assertThat(result.parts()).containsExactly(Map.entry(QualityPart.COMPLETENESS, 0.0));
    assertThat(result.score()).hasValue(0);
    assertThat(result.delaySeconds()).isEmpty();
    TagDay onChange = new TagDay(terms(OptionalLong.empty()), RULES);
    assertThat(onChange.result().score()).as("nothing was expected").isEmpty();
  }

  @Test
  void whatStandsStillOnALivingDeviceIsComplete() {
    QualityResult result = judge(List.of(good(0), good(700), good(701)), life(0, 17), true);

    assertThat(result.samples()).isEqualTo(3);
    assertThat(result.missing()).isZero();
    assertThat(result.unchanged()).isEqualTo(997);
    assertThat(result.parts().get(QualityPart.COMPLETENESS)).isOne();
    assertThat(result.breaches()).isEmpty();
    assertThat(judge(List.of(), life(0, 17), true).parts().get(QualityPart.COMPLETENESS))
        .as("the value of the day before holds")
        .isOne();
  }

  @Test
  void whatIsSilentWhileTheDeviceIsAwayIsMissing() {
    QualityResult result = judge(List.of(good(0)), life(0, 5), true);

    assertThat(result.unchanged()).isEqualTo(300);
    assertThat(result.missing()).isEqualTo(699);
    assertThat(result.parts().get(QualityPart.COMPLETENESS)).isCloseTo(0.301, within(1e-9));
    assertThat(result.breaches()).contains(QualityPart.COMPLETENESS);
  }

  @Test
  void aTagThatIsBadIsMissingHoweverAliveItsDeviceIs() {
    Sample bad = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, 200 * SECOND, 0);

    QualityResult result = judge(List.of(good(0), bad, good(600)), life(0, 17), true);

    assertThat(result.missing()).isEqualTo(399);
    assertThat(result.unchanged()).isEqualTo(199 + 399);
    assertThat(judge(List.of(), life(0, 17), false).parts().get(QualityPart.COMPLETENESS))
        .as("it was Bad, or nothing, before the day")
        .isZero();
  }

  @Test
  void besideTheTimeInWhichValuesAreExpectedNoneIsMissing() {
    QualityTerms terms =
        new QualityTerms(
            400 * SECOND,
            600 * SECOND,
            DataType.DOUBLE,
            false,
            OptionalLong.of(SECOND),
            Optional.empty(),
            life(0, 5),
            true);
    TagDay day = new TagDay(terms, RULES);
    for (int second : List.of(0, 450, 550, 900)) {
      day.add(good(second), (second + 1) * SECOND);
    }
    QualityResult result = day.result();

    assertThat(result.samples()).isEqualTo(4);
    assertThat(result.expected()).isEqualTo(200);
    assertThat(result.missing()).as("50, 99 and 49").isEqualTo(198);
    assertThat(result.unchanged()).isZero();
    assertThat(result.parts().get(QualityPart.COMPLETENESS)).isCloseTo(0.01, within(1e-9));
  }

  /** Counted one by one, with a sampling of some microseconds to some minutes. */
  @Test
  void livingIntervalsAreThoseThatMeetALivingMinute() {
    Seeded.check(
        500,
        random -> {
          BitSet minutes = new BitSet();
          for (int i = random.nextInt(20); i > 0; i--) {
            minutes.set(random.nextInt(30));
          }
          long from = random.nextLong(1_000_000_000);
          long after = from + random.nextLong(600 * SECOND);
          long length = 1 + random.nextLong(random.nextBoolean() ? 500 * SECOND : 5 * SECOND);
          long count = random.nextInt(200);
          long alive = 0;
          for (int i = 0; i < count; i++) {
            long begin = after + i * length - from;
            int first = (int) (begin / MINUTE);
            int last = (int) ((begin + length - 1) / MINUTE);
            int next = minutes.nextSetBit(first);
            alive += next >= 0 && next <= last ? 1 : 0;
          }
          assertThat(new Life(from, minutes).intervals(after, length, count)).isEqualTo(alive);
        });
  }

  @Test
  void jitterIsNoLoss() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      long jitter = i % 3 * 300_000L - 300_000;
      samples.add(sample(i, i * SECOND + Math.max(0, jitter)));
    }

    assertThat(judge(samples).parts().get(QualityPart.COMPLETENESS)).isOne();
  }

  @Test
  void badValuesAndThoseThatAreNoNumbersAreNotValid() {
    List<Sample> samples = sampled(i -> i % 10 == 0 ? Double.NaN : i % 10);
    for (int i = 1; i < 1_000; i += 10) {
      samples.set(i, new Sample(null, StatusCode.BAD_NO_COMMUNICATION, i * SECOND, 0));
    }

    QualityResult result = judge(samples);

    assertThat(result.parts().get(QualityPart.VALIDITY)).isEqualTo(0.8);
    assertThat(result.parts().get(QualityPart.COMPLETENESS)).as("they came").isOne();
  }

  @Test
  void valuesOutsideOfTheirRangeAreNotPlausible() {
    assertThat(judge(sampled(i -> i < 250 ? 200 : i % 10)).parts().get(QualityPart.PLAUSIBILITY))
        .isEqualTo(0.75);
  }

  @Test
  void lateValuesCostTimeliness() {
    TagDay day = new TagDay(terms(OptionalLong.of(SECOND)), RULES);
    sampled(i -> i % 10)
        .forEach(
            sample -> {
              boolean late = sample.sourceMicros() >= 900 * SECOND;
              day.add(sample, sample.sourceMicros() + (late ? 50 : 1) * SECOND);
            });

    QualityResult result = day.result();

    assertThat(result.delaySeconds().orElseThrow()).isBetween(50.0, 50.0 * 1.1);
    assertThat(result.parts().get(QualityPart.TIMELINESS)).isBetween(0.09, 0.1);
  }

  @Test
  void aSensorThatStandsStillIsAFlatLine() {
    QualityResult result = judge(sampled(i -> i >= 300 && i < 500 ? 4.5 : i % 10));

    assertThat(result.flatMicros()).isEqualTo(199 * SECOND);
    assertThat(result.parts().get(QualityPart.FLAT_LINE)).isCloseTo(0.801, within(1e-9));
    assertThat(judge(sampled(i -> i >= 300 && i < 390 ? 4.5 : i % 10)).flatMicros()).isZero();
    assertThat(judge(sampled(i -> 4.5)).parts().get(QualityPart.FLAT_LINE))
        .isCloseTo(0.001, within(1e-9));
  }

  @Test
  void aValueThatLeapsAwayAndBackIsASpike() {
    QualityResult result = judge(sampled(i -> i % 100 == 50 ? 90 : i % 10));

    assertThat(result.spikes()).isEqualTo(10);
    assertThat(result.parts().get(QualityPart.SPIKES)).isEqualTo(0.99);
    assertThat(judge(sampled(i -> i < 500 ? 10 : 90)).spikes()).as("a step is none").isZero();
  }

  /** What the day says is what counting over the list of its values says. */
  @Test
  void countsEqualThoseOfAListOfValues() {
    Seeded.check(
        200,
        random -> {
          List<Sample> samples = random(random);
          TagDay day = new TagDay(terms(OptionalLong.of(SECOND)), RULES);
          List<Double> delays = new ArrayList<>();
          for (Sample sample : samples) {
            long delay = 1 + random.nextInt(20_000_000);
            delays.add(delay / 1e6);
            day.add(sample, sample.sourceMicros() + delay);
          }
          QualityResult result = day.result();

          long[] valid =
              samples.stream()
                  .filter(TagDayTest::isValid)
                  .mapToLong(Sample::sourceMicros)
                  .toArray();
          assertThat(result.samples()).isEqualTo(samples.size());
          if (samples.isEmpty()) {
            return;
          }
          assertThat(result.parts().get(QualityPart.VALIDITY))
              .isEqualTo(valid.length / (double) samples.size());
          double[] sorted = delays.stream().mapToDouble(d -> d).sorted().toArray();
          double exact = sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
          assertThat(result.delaySeconds().orElseThrow()).isBetween(exact, exact * 1.1);
          assertThat(result.flatMicros()).isEqualTo(flat(samples));
          double completeness = 1 - Math.min(1_000, missing(samples)) / 1_000.0;
          assertThat(result.parts().get(QualityPart.COMPLETENESS)).isEqualTo(completeness);
        });
  }

  private static long missing(List<Sample> samples) {
    long[] at = samples.stream().mapToLong(Sample::sourceMicros).toArray();
    long missing = at[0] / SECOND;
    for (int i = 0; i < at.length; i++) {
      long next = i + 1 < at.length ? at[i + 1] : DAY;
      missing += Math.max(0, Math.round((next - at[i]) / (double) SECOND) - 1);
    }
    return missing;
  }

  private static long flat(List<Sample> samples) {
    long flat = 0;
    int begin = 0;
    while (begin < samples.size()) {
      int end = begin + 1;
      while (end < samples.size()
          && isValid(samples.get(begin))
          && isValid(samples.get(end))
          && Objects.equals(samples.get(end).value(), samples.get(begin).value())) {
        end++;
      }
      long length = samples.get(end - 1).sourceMicros() - samples.get(begin).sourceMicros();
      flat += isValid(samples.get(begin)) && length >= 100 * SECOND ? length : 0;
      begin = end;
    }
    return flat;
  }

  private static boolean isValid(Sample sample) {
    return !sample.status().isBad() && sample.value() != null;
  }

  private static List<Sample> random(RandomGenerator random) {
    List<Sample> samples = new ArrayList<>();
    long micros = random.nextInt(3_000_000);
    double value = 0;
    while (micros < DAY) {
      value = random.nextInt(40) == 0 ? random.nextInt(5) : value;
      boolean bad = random.nextInt(50) == 0;
      samples.add(
          new Sample(
              bad ? null : SampleValue.of(value),
              bad ? StatusCode.BAD_NO_COMMUNICATION : StatusCode.GOOD,
              micros,
              0));
      micros += 1 + random.nextInt(random.nextInt(20) == 0 ? 60_000_000 : 3_000_000);
    }
    return random.nextInt(20) == 0 ? List.of() : samples;
  }

  private static QualityResult judge(List<Sample> samples) {
    TagDay day = new TagDay(terms(OptionalLong.of(SECOND)), RULES);
    samples.forEach(sample -> day.add(sample, sample.sourceMicros() + SECOND));
    return day.result();
  }

  private static List<Sample> sampled(LongToDoubleFunction value) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      samples.add(sample(value.applyAsDouble(i), i * SECOND));
    }
    return samples;
  }

  private static Sample sample(double value, long micros) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }

  private static Life life(int fromMinute, int toMinute) {
    BitSet minutes = new BitSet();
    minutes.set(fromMinute, toMinute);
    return new Life(0, minutes);
  }

  private static Sample good(int second) {
    return new Sample(SampleValue.of(second / 10.0), StatusCode.GOOD, second * SECOND, 0);
  }

  private static QualityResult judge(List<Sample> samples, Life life, boolean heldBefore) {
    TagDay day = new TagDay(terms(OptionalLong.of(SECOND), life, heldBefore), RULES);
    samples.forEach(sample -> day.add(sample, sample.sourceMicros() + SECOND));
    return day.result();
  }

  private static QualityTerms terms(OptionalLong sampling) {
    return terms(sampling, Life.UNKNOWN, true);
  }

  private static QualityTerms terms(OptionalLong sampling, Life life, boolean heldBefore) {
    return new QualityTerms(
        0,
        DAY,
        DataType.DOUBLE,
        false,
        sampling,
        Optional.of(new ValueRange(0, 100)),
        life,
        heldBefore);
  }

  private static Map<QualityPart, Double> bounds(double all) {
    Map<QualityPart, Double> bounds = new EnumMap<>(QualityPart.class);
    Arrays.stream(QualityPart.values()).forEach(part -> bounds.put(part, all));
    return bounds;
  }
}
