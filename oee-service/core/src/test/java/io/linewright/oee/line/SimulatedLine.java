package io.linewright.oee.line;

import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A line of machines m0, m1, … with buffers between them, instant by instant: what is found in its
 * slices can be compared with what was put in.
 */
final class SimulatedLine {

  private final int[] cycles;
  private final int[] capacities;
  private final int[] levels;

  /** What is left to do at the item of each machine; -1 if it has none. */
  private final int[] left;

  /**
   * @param cycles of each machine
   * @param capacities of the buffer behind each machine but the last
   * @param levels of the same at the begin
   */
  SimulatedLine(int[] cycles, int[] capacities, int[] levels) {
    this.cycles = cycles;
    this.capacities = capacities;
    this.levels = levels.clone();
    this.left = cycles.clone();
  }

  /** The slices of each machine, of a line in which some are broken at some instants. */
  Map<String, List<TimeSlice>> run(int instants, IntFunction<Set<Integer>> broken) {
    Map<String, List<TimeSlice>> slices = new TreeMap<>();
    for (int t = 0; t < instants; t++) {
      Set<Integer> down = broken.apply(t);
      for (int i = cycles.length - 1; i >= 0; i--) {
        TimeCategory category = down.contains(i) ? TimeCategory.BREAKDOWN : step(i);
        slices
            .computeIfAbsent("m" + i, name -> new ArrayList<>())
            .add(
                new TimeSlice(
                    new Span(t, t + 1), category, category, category.name(), null, Set.of()));
      }
    }
    slices.replaceAll((machine, single) -> Partition.joined(single));
    return slices;
  }

  private TimeCategory step(int i) {
    if (left[i] < 0 && (i == 0 || levels[i - 1] > 0)) {
      if (i > 0) {
        levels[i - 1]--;
      }
      left[i] = cycles[i];
    }
    if (left[i] < 0) {
      return TimeCategory.STARVED;
    }
    if (left[i] > 0) {
      left[i]--;
      if (left[i] == 0) {
        deliver(i);
      }
      return TimeCategory.PRODUCTION;
    }
    deliver(i);
    // It can take the next item only in the next instant.
    return TimeCategory.BLOCKED;
  }

  private void deliver(int i) {
    if (i == cycles.length - 1) {
      left[i] = -1;
    } else if (levels[i] < capacities[i]) {
      levels[i]++;
      left[i] = -1;
    }
  }
}
