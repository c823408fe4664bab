package io.linewright.bench.load;

import java.util.Arrays;
import java.util.Collection;

/** Figures in ascending order, for percentiles by nearest rank. */
public record Spread(double[] sorted) {

  /** Sorts figures, at least one. */
  public static Spread of(Collection<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("there are no figures");
    }
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  /** The smallest figure that at least this share of all figures does not exceed; 0.5: median. */
  public double at(double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  /** The largest figure. */
  public double max() {
    return sorted[sorted.length - 1];
  }
}
