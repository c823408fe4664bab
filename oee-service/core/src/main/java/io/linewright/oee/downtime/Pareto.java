package io.linewright.oee.downtime;

import io.linewright.oee.slice.TimeCategory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which reasons cost most time.
 *
 * @param bars the longest first; of two that are equal by reason, then by category
 */
public record Pareto(List<Bar> bars) {

  /**
   * What stops of one reason cost; those without a reason are told apart by category.
   *
   * @param reason code of the reason; null: none
   * @param category what the time was; of stops of one reason with several the one of most time
   * @param stops how many, 1 or more
   * @param micros how long they were together, µs, more than 0
   * @param share of the time of all stops, more than 0 and at most 1
   * @param cumulated share of this and of those before it, at most 1; of the last exactly 1
   */
  public record Bar(
      @Nullable String reason,
      TimeCategory category,
      int stops,
      long micros,
      double share,
      double cumulated) {}

  public Pareto {
    bars = List.copyOf(bars);
  }

  /**
   * Of stops in any order, perhaps of several machines.
   *
   * @throws ArithmeticException if no long holds the length of all together
   */
  public static Pareto of(Collection<Stop> stops) {
    Map<String, List<Stop>> groups = new TreeMap<>();
    long all = 0;
    for (Stop stop : stops) {
      // No code is empty, so a reason and a category cannot be taken for each other.
      String key = stop.reason() == null ? "\0" + stop.category() : stop.reason();
      groups.computeIfAbsent(key, first -> new ArrayList<>()).add(stop);
      all = Math.addExact(all, stop.micros());
    }
    List<Bar> bars = new ArrayList<>();
    long before = 0;
    for (List<Stop> group :
        groups.values().stream()
            .sorted(Comparator.<List<Stop>>comparingLong(Pareto::micros).reversed())
            .toList()) {
      long micros = micros(group);
      before += micros;
      bars.add(
          new Bar(
              group.getFirst().reason(),
              category(group),
              group.size(),
              micros,
              (double) micros / all,
              (double) before / all));
    }
    return new Pareto(bars);
  }

  private static long micros(List<Stop> group) {
    return group.stream().mapToLong(Stop::micros).sum();
  }

  private static TimeCategory category(List<Stop> group) {
    Map<TimeCategory, Long> sums = new TreeMap<>();
    group.forEach(stop -> sums.merge(stop.category(), stop.micros(), Long::sum));
    Optional<Map.Entry<TimeCategory, Long>> most =
        sums.entrySet().stream()
            .max(
                Map.Entry.<TimeCategory, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())));
    return most.orElseThrow().getKey();
  }
}
