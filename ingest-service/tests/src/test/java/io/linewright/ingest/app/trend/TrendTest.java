package io.linewright.ingest.app.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.trend.Trend.Method;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void fewSamplesStayAsTheyAre() {
    List<Sample> samples = samples(100);
    for (Method method : List.of(Method.EXTREMES, Method.LTTB)) {
      Trend trend = trend(samples, 100, method);
      assertThat(trend.method()).isEqualTo(Method.RAW);
      assertThat(list(trend)).isEqualTo(samples);
    }
  }

  @Test
  void extremesKeepThePeak() {
    List<Sample> samples = samples(10_000);
    samples.set(4_321, new Sample(SampleValue.of(1e6), StatusCode.GOOD, 4_321, 0));

    Trend trend = trend(samples, 100, Method.EXTREMES);

    assertThat(trend.method()).isEqualTo(Method.EXTREMES);
    List<Sample> kept = list(trend);
    assertThat(kept).hasSizeLessThanOrEqualTo(400).contains(samples.get(4_321));
    assertThat(kept.getFirst()).isEqualTo(samples.getFirst());
    assertThat(kept.getLast()).isEqualTo(samples.getLast());
  }

  @Test
  void trianglesKeepAsManyAsWantedAndTheGaps() {
    List<Sample> samples = samples(10_000);
    for (int i = 5_000; i < 5_500; i++) {
      samples.set(i, new Sample(null, StatusCode.BAD_NO_COMMUNICATION, i, 0));
    }
    samples.set(9_999, new Sample(SampleValue.of(Double.NaN), StatusCode.GOOD, 9_999, 0));

    List<Sample> kept = list(trend(samples, 200, Method.LTTB));

    assertThat(kept).hasSize(202).contains(samples.get(5_000), samples.get(9_999));
    assertThat(kept)
        .isSortedAccordingTo((a, b) -> Long.compare(a.sourceMicros(), b.sourceMicros()));
  }

  @Test
  void millionsAreThinnedOutBeforeTriangles() {
    List<Sample> kept = list(trend(samples(300_000), 500, Method.LTTB));

    assertThat(kept).hasSize(500);
    assertThat(kept.getLast().sourceMicros()).isEqualTo(299_999);
  }

  /** Two bursts of an hour lie in few pixels of a year. */
  @Test
  void burstsInALongRangeKeepAsManyAsWanted() {
    long hour = 3_600_000_000L;
    List<Sample> samples = new ArrayList<>();
    for (long begin : new long[] {1_000 * hour, 7_000 * hour}) {
      for (int i = 0; i < 180_000; i++) {
        samples.add(
            new Sample(
                SampleValue.of(Math.sin(i / 50.0)), StatusCode.GOOD, begin + i * 20_000L, 0));
      }
    }
    samples.set(90_001, new Sample(null, StatusCode.BAD, samples.get(90_001).sourceMicros(), 0));
    Trend trend = Trend.of(new TimeRange(0, 8_760 * hour), 1_000, Method.LTTB, samples.iterator());

    List<Sample> kept = list(trend);
    assertThat(kept.stream().filter(sample -> sample.status().isGood())).hasSize(1_000);
    assertThat(kept)
        .hasSize(1_001)
        .contains(samples.getFirst(), samples.get(90_001), samples.getLast());
    assertThat(kept.stream().filter(sample -> sample.sourceMicros() < 2_000 * hour))
        .as("the first burst has its share")
        .hasSizeBetween(400, 600);
  }

  @Test
  void textsLargerThanTheHeapArePassedOn() {
    int count = (int) (Runtime.getRuntime().maxMemory() * 5 / 4 / 60_000);
    TimeRange range = new TimeRange(0, count);
    List<Integer> begun = new ArrayList<>();
    Supplier<Iterator<Sample>> texts =
        () -> {
          begun.add(count);
          return IntStream.range(0, count)
              .mapToObj(i -> new Sample(SampleValue.of("x".repeat(60_000)), StatusCode.GOOD, i, 0))
              .iterator();
        };

    Trend all = Trend.ofTexts(range, count, texts);
    assertThat(all.method()).isEqualTo(Method.RAW);
    assertThat(length(all)).isEqualTo(count);
    Trend some = Trend.ofTexts(range, count - 1, texts);
    assertThat(some.method()).isEqualTo(Method.EXTREMES);
    assertThat(length(some)).isEqualTo(count);
    assertThat(begun).hasSize(4);
  }

  private static int length(Trend trend) {
    int length = 0;
    for (Iterator<Sample> samples = trend.samples(); samples.hasNext(); length++) {
      samples.next();
    }
    return length;
  }

  @Test
  void nothingUsableIsNoFailure() {
    List<Sample> bad =
        IntStream.range(0, 50).mapToObj(i -> new Sample(null, StatusCode.BAD, i, 0)).toList();

    assertThat(list(trend(bad, 10, Method.LTTB))).containsExactly(bad.getFirst());
    assertThat(list(trend(List.of(), 10, Method.LTTB))).isEmpty();
  }

  private static List<Sample> samples(int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(new Sample(SampleValue.of(Math.sin(i / 50.0)), StatusCode.GOOD, i, 0));
    }
    return samples;
  }

  private static Trend trend(List<Sample> samples, int points, Method method) {
    return Trend.of(
        new TimeRange(0, Math.max(1, samples.size())), points, method, samples.iterator());
  }

  private static List<Sample> list(Trend trend) {
    List<Sample> list = new ArrayList<>();
    trend.samples().forEachRemaining(list::add);
    return list;
  }
}
