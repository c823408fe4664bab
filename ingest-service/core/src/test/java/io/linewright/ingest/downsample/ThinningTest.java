package io.linewright.ingest.downsample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ThinningTest {

  @Test
  void groupsKeepTheirEndsAndExtremes() {
    double[] values = {5, 9, 1, 5, 2, 2, 2, 2, 7};
    List<Sample> samples = new ArrayList<>();
    for (double value : values) {
      samples.add(good(samples.size(), value));
    }

    assertThat(Thinning.of(samples.iterator(), 4))
        .extracting(Sample::sourceMicros)
        .as("two groups of four and what has begun")
        .containsExactly(0L, 1L, 2L, 3L, 4L, 7L, 8L);
    assertThat(Thinning.of(samples.iterator(), 2))
        .extracting(Sample::sourceMicros)
        .containsExactly(0L, 1L, 2L, 7L, 8L);
  }

  @Test
  void ofEachGapTheFirstStays() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      samples.add(i == 30 || i == 31 ? new Sample(null, StatusCode.BAD, i, 0) : good(i, 1));
    }
    samples.add(new Sample(null, StatusCode.BAD, 64, 0));
    samples.add(good(65, Double.NaN));

    assertThat(Thinning.of(samples.iterator(), 2))
        .contains(samples.get(30), samples.get(64))
        .doesNotContain(samples.get(31), samples.get(65));
  }

  @Test
  void theNumberIsKeptWhateverLiesWhere() {
    Seeded.check(
        300,
        random -> {
          List<Sample> samples = new ArrayList<>();
          long time = 0;
          int many = random.nextInt(1, 3_000);
          for (int i = 0; i < many; i++) {
            time += random.nextInt(10) == 0 ? random.nextLong(1L << 40) : random.nextInt(3);
            boolean bad = random.nextInt(4) == 0;
            samples.add(
                new Sample(
                    bad ? null : SampleValue.of(random.nextInt(20)),
                    bad ? StatusCode.BAD : StatusCode.GOOD,
                    time,
                    i));
          }
          int groups = 2 * random.nextInt(1, 100);
          List<Sample> kept = Thinning.of(samples.iterator(), groups);
          List<Sample> usable = kept.stream().filter(Thinning::isUsable).toList();
          List<Sample> all = samples.stream().filter(Thinning::isUsable).toList();
          assertThat(new HashSet<>(samples)).containsAll(kept);
          assertThat(kept)
              .isSortedAccordingTo(
                  Comparator.comparingLong(Sample::sourceMicros).thenComparingInt(Sample::ordinal));
          assertThat(usable.size())
              .isBetween(Math.min(groups, all.size()), Math.min(4 * groups, all.size()));
          if (!all.isEmpty()) {
            assertThat(usable.getFirst()).isEqualTo(all.getFirst());
            assertThat(usable.getLast()).isEqualTo(all.getLast());
            assertThat(numbers(usable).min()).isEqualTo(numbers(all).min());
            assertThat(numbers(usable).max()).isEqualTo(numbers(all).max());
          }
        });
  }

  @Test
  void oddNumbersOfGroupsAreRefused() {
    assertThatThrownBy(() -> Thinning.of(List.<Sample>of().iterator(), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("even");
  }

  private static DoubleStream numbers(List<Sample> samples) {
    return samples.stream().mapToDouble(sample -> SampleNumber.of(sample.value()));
  }

  private static Sample good(long time, double value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, time, 0);
  }
}
