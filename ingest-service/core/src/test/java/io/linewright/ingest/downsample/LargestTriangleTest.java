package io.linewright.ingest.downsample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LargestTriangleTest {

  @Test
  void keepsThePeak() {
    double[] values = new double[100];
    values[42] = 7;

    assertThat(LargestTriangle.of(times(100), values, 10)).hasSize(10).contains(0, 42, 99);
  }

  @Test
  void takesTheLargestTriangleOfEachBucket() {
    // By hand: buckets {1,2}, {3,4}. With the mean (3.5, 2) of the second, point 2 makes the larger
    // triangle (3.5 * 3 - 2 * 2 = 6.5 against 3.5 * 1 - 1 * 2 = 1.5); then, with the last point
    // (5, 0) from (2, 3), point 4 (|3 * -3 - 2 * -3| = 3 against |3 * 1 - 1 * -3| = 6 for point 3).
    double[] values = {0, 1, 3, 4, 0, 0};

    assertThat(LargestTriangle.of(times(6), values, 4)).containsExactly(0, 2, 3, 5);
  }

  @Test
  void keepsFirstAndLastAndTheNumberAskedFor() {
    Seeded.check(
        300,
        random -> {
          int size = 1 + random.nextInt(500);
          int threshold = 2 + random.nextInt(60);
          long[] micros = new long[size];
          double[] values = new double[size];
          for (int i = 0; i < size; i++) {
            micros[i] = (i == 0 ? random.nextLong() >> 4 : micros[i - 1]) + random.nextInt(1_000);
            values[i] = random.nextGaussian() * 1e3;
          }

          int[] kept = LargestTriangle.of(micros, values, threshold);

          if (size <= threshold) {
            assertThat(kept).isEqualTo(IntStream.range(0, size).toArray());
          } else {
            assertThat(kept).hasSize(threshold).isSorted().doesNotHaveDuplicates();
            assertThat(kept[0]).isZero();
            assertThat(kept[threshold - 1]).isEqualTo(size - 1);
          }
        });
  }

  @Test
  void keepsAtLeastOnePointOfEachBucketOfEqualNumber() {
    int[] kept = LargestTriangle.of(times(1_002), new double[1_002], 12);

    for (int bucket = 0; bucket < 10; bucket++) {
      int from = 1 + bucket * 100;
      assertThat(kept[bucket + 1]).isBetween(from, from + 99);
    }
  }

  @Test
  void refusesWhatItCannotDraw() {
    assertThatThrownBy(() -> LargestTriangle.of(times(2), new double[3], 5))
        .hasMessageContaining("2 times do not fit 3 values");
    assertThatThrownBy(() -> LargestTriangle.of(times(3), new double[3], 1))
        .hasMessageContaining("threshold must be 2 or more");
    assertThatThrownBy(() -> LargestTriangle.of(times(2), new double[] {0, Double.NaN}, 5))
        .hasMessageContaining("value 1 is NaN");
    assertThatThrownBy(() -> LargestTriangle.of(new long[] {2, 1}, new double[2], 5))
        .hasMessageContaining("times must ascend");
  }

  private static long[] times(int size) {
    return LongStream.range(0, size).toArray();
  }
}
