package io.linewright.system.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The straight line through a figure over time (least squares). */
final class Trend {

  private Trend() {}

  /**
   * By how much the line rises from the first to the last moment; negative if it falls, 0 for fewer
   * than two moments.
   */
  static double rise(List<Vitals> seen, ToDoubleFunction<Vitals> figure) {
    double meanTime = seen.stream().mapToDouble(Vitals::seconds).average().orElse(0);
    double mean = seen.stream().mapToDouble(figure).average().orElse(0);
    double above = 0;
    double below = 0;
    for (Vitals one : seen) {
      double time = one.seconds() - meanTime;
      above += time * (figure.applyAsDouble(one) - mean);
      below += time * time;
    }
    return below == 0 ? 0 : above / below * (seen.getLast().seconds() - seen.getFirst().seconds());
  }
}
