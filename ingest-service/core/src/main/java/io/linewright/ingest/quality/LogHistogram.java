package io.linewright.ingest.quality;

import java.util.Arrays;

/**
 * Counts of positive numbers in buckets whose bounds grow by the eighth root of 2 (9 %). Quantiles
 * are upper bounds of buckets, so at most 9 % too high; numbers below 1e-12 and 0 count as 0.
 */
final class LogHistogram {

  private static final int PER_OCTAVE = 8;
  private static final int LOWEST = -40 * PER_OCTAVE;
  private static final int HIGHEST = 88 * PER_OCTAVE;

  private final long[] counts = new long[HIGHEST - LOWEST + 1];
  private long total;

  void add(double number) {
    counts[bucket(number)]++;
    total++;
  }

  long total() {
    return total;
  }

  /** The least bucket bound that so large a share does not exceed; 0 if there are none. */
  double quantile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length && total > 0; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return i == 0 ? 0 : Math.pow(2, (double) (i + LOWEST) / PER_OCTAVE);
      }
    }
    return 0;
  }

  /** How many lie in buckets wholly above a number. */
  long above(double number) {
    int bucket = bucket(number);
    return Arrays.stream(counts, Math.min(bucket + 1, counts.length), counts.length).sum();
  }

  private static int bucket(double number) {
    if (!(number > 1e-12)) {
      return 0;
    }
    int octave = (int) Math.ceil(Math.log(number) / Math.log(2) * PER_OCTAVE);
    return Math.min(Math.max(octave, LOWEST + 1), HIGHEST) - LOWEST;
  }
}
