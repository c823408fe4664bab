package io.linewright.ingest.downsample;

import java.util.stream.IntStream;

/**
 * Largest-Triangle-Three-Buckets (S. Steinarsson, Downsampling time series for visual
 * representation, University of Iceland 2013, section 4.2): the points between the first and the
 * last are divided into buckets of about the same number; of each, the point is kept that makes the
 * largest triangle with the point kept before and the mean of the next bucket.
 *
 * <p>It follows the eye, not the extremes: use {@link Extremes} where none may be missed, also
 * before this one if there are millions of points.
 */
public final class LargestTriangle {

  private LargestTriangle() {}

  /**
   * Indices of the points to keep, ascending: exactly {@code threshold} of them, the first and the
   * last among them; all, if there are not more points than that. Of equal triangles the earliest
   * point is kept.
   *
   * @param micros times, ascending (equal ones are allowed)
   * @param values finite, one for each time; gaps are the caller's to split at
   * @param threshold most points to keep, at least 2
   * @throws IllegalArgumentException if lengths differ, the threshold is below 2, times descend or
   *     a value is not finite
   */
  public static int[] of(long[] micros, double[] values, int threshold) {
    check(micros, values, threshold);
    int size = micros.length;
    if (size <= threshold) {
      return IntStream.range(0, size).toArray();
    }
    int[] kept = new int[threshold];
    kept[threshold - 1] = size - 1;
    for (int bucket = 1; bucket < threshold - 1; bucket++) {
      int from = bound(bucket - 1, size, threshold);
      int to = bound(bucket, size, threshold);
      int next = Math.min(bound(bucket + 1, size, threshold), size);
      kept[bucket] = largest(micros, values, kept[bucket - 1], from, to, next);
    }
    return kept;
  }

  /** First index of a bucket between the first and the last point; past them, the last point. */
  private static int bound(int bucket, int size, int threshold) {
    return bucket > threshold - 2 ? size : 1 + (int) ((long) bucket * (size - 2) / (threshold - 2));
  }

  private static int largest(
      long[] micros, double[] values, int before, int from, int to, int next) {
    double meanTime = 0;
    double meanValue = 0;
    for (int i = to; i < next; i++) {
      meanTime += (double) (micros[i] - micros[before]) / (next - to);
      meanValue += values[i] / (next - to);
    }
    int chosen = from;
    double greatest = -1;
    for (int i = from; i < to; i++) {
      double area =
          Math.abs(
              meanTime * (values[i] - values[before])
                  - (double) (micros[i] - micros[before]) * (meanValue - values[before]));
      if (area > greatest) {
        greatest = area;
        chosen = i;
      }
    }
    return chosen;
  }

  private static void check(long[] micros, double[] values, int threshold) {
    if (micros.length != values.length) {
      throw new IllegalArgumentException(
          "%d times do not fit %d values".formatted(micros.length, values.length));
    }
    if (threshold < 2) {
      throw new IllegalArgumentException(
          "at least the first and the last point are kept; threshold must be 2 or more, not "
              + threshold);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "value %d is %s; leave out or split at what is not finite".formatted(i, values[i]));
      }
      if (i > 0 && micros[i] < micros[i - 1]) {
        throw new IllegalArgumentException(
            "times must ascend, but at %d %d follows %d".formatted(i, micros[i], micros[i - 1]));
      }
    }
  }
}
