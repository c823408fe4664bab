package io.linewright.ingest.downsample;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExtremesTest {

  @Test
  void keepsFirstLastLeastAndGreatest() {
    assertThat(of(10, good(0, 5), good(1, 9), good(2, 5), good(3, 1), good(4, 5), good(9, 4)))
        .containsExactly(good(0, 5), good(1, 9), good(3, 1), good(9, 4));
  }

  @Test
  void keepsWhereTheQualityChanged() {
    Sample bad = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, 5, 0);

    assertThat(of(100, good(1, 1), good(3, 1), bad, good(7, 1), good(9, 1)))
        .containsExactly(good(1, 1), bad, good(9, 1));
  }

  @Test
  void textsAndWhatIsNoNumberKeepTheirEnds() {
    assertThat(of(10, good(0, Double.NaN), good(1, Double.NaN), good(2, Double.NaN)))
        .containsExactly(good(0, Double.NaN), good(2, Double.NaN));
    assertThat(of(10, text(0, "a"), text(1, "b"), text(2, "a")))
        .containsExactly(text(0, "a"), text(2, "a"));
  }

  @Test
  void dropsWhatIsOutsideOfTheBuckets() {
    Iterator<Sample> kept =
        Extremes.of(
            List.of(new Bucket(10, 20), new Bucket(30, 40)).iterator(),
            List.of(good(9, 1), good(10, 2), good(25, 3), good(39, 4), good(40, 5)).iterator());

    assertThat(kept).toIterable().containsExactly(good(10, 2), good(39, 4));
  }

  @Test
  void aFewSamplesStayAsTheyAre() {
    assertThat(of(10)).isEmpty();
    assertThat(of(10, good(3, 1))).containsExactly(good(3, 1));
    assertThat(of(10, good(3, 1), good(4, 1))).containsExactly(good(3, 1), good(4, 1));
  }

  @Test
  void losesNoExtremeAndNoQuality() {
    Seeded.check(
        300,
        random -> {
          List<Sample> samples = random(random);
          long width = 1 + random.nextInt(200);
          List<Sample> kept = of(width, samples.toArray(Sample[]::new));

          assertThat(samples).containsAll(kept);
          assertThat(kept)
              .isSortedAccordingTo(
                  (a, b) ->
                      a.sourceMicros() == b.sourceMicros()
                          ? Integer.compare(a.ordinal(), b.ordinal())
                          : Long.compare(a.sourceMicros(), b.sourceMicros()));
          for (long bucket = 0; bucket * width < 1_000; bucket++) {
            long from = bucket * width;
            for (Severity severity : Severity.values()) {
              List<Sample> all = part(samples, from, from + width, severity);
              List<Sample> few = part(kept, from, from + width, severity);
              assertThat(few).hasSizeLessThanOrEqualTo(4);
              if (!all.isEmpty()) {
                assertThat(few.getFirst()).isEqualTo(all.getFirst());
                assertThat(few.getLast()).isEqualTo(all.getLast());
                assertThat(numbers(few).min()).isEqualTo(numbers(all).min());
                assertThat(numbers(few).max()).isEqualTo(numbers(all).max());
              }
            }
          }
        });
  }

  private static List<Sample> random(RandomGenerator random) {
    StatusCode[] codes = {StatusCode.GOOD, StatusCode.UNCERTAIN, StatusCode.BAD};
    List<Sample> samples = new ArrayList<>();
    long micros = 0;
    int ordinal = 0;
    while (micros < 1_000) {
      StatusCode code = codes[random.nextInt(10) < 7 ? 0 : random.nextInt(3)];
      SampleValue value = random.nextInt(8) == 0 ? null : SampleValue.of(random.nextGaussian());
      samples.add(new Sample(value, code, micros, ordinal));
      int step = random.nextInt(6);
      ordinal = step == 0 ? ordinal + 1 : 0;
      micros += step;
    }
    return samples;
  }

  private static DoubleStream numbers(List<Sample> samples) {
    return samples.stream()
        .map(Sample::value)
        .filter(DoubleValue.class::isInstance)
        .mapToDouble(v -> ((DoubleValue) v).value());
  }

  private static List<Sample> part(List<Sample> samples, long from, long to, Severity severity) {
    return samples.stream()
        .filter(s -> s.sourceMicros() >= from && s.sourceMicros() < to)
        .filter(s -> s.status().severity() == severity)
        .toList();
  }

  private static List<Sample> of(long width, Sample... samples) {
    List<Sample> all = List.of(samples);
    List<Sample> kept = new ArrayList<>();
    Extremes.of(new FixedBuckets(0, width).between(0, 2_000), all.iterator())
        .forEachRemaining(kept::add);
    return kept;
  }

  private static Sample good(long micros, double value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }

  private static Sample text(long micros, String value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }
}
