package io.linewright.oee.line;

import io.linewright.oee.line.Bottleneck.Share;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds bottlenecks by active periods (Roser, Nakano, Tanaka: Shifting bottleneck detection, Winter
 * Simulation Conference 2002): at each instant the machine with the longest uninterrupted active
 * period is the bottleneck. While the period of one overlaps that of the next, the bottleneck
 * shifts between them; the rest of the time one of them is the sole bottleneck.
 */
public final class Bottlenecks {

  /** Longest first, then the one that began first, then by name. */
  private static final Comparator<ActivePeriod> LONGEST =
      Comparator.<ActivePeriod>comparingLong(period -> -period.span().micros())
          .thenComparing(ActivePeriod::span)
          .thenComparing(ActivePeriod::machine);

  private Bottlenecks() {}

  /**
   * The bottleneck at each instant. Live, the last period of a machine is as long as it is so far.
   *
   * @param periods of each machine by its name, in full length also where they reach out of the
   *     span; those of one machine do not overlap
   * @param within the time that is asked for; what is said of it does not depend on where it is cut
   */
  public static Bottleneck of(Map<String, List<ActivePeriod>> periods, Span within) {
    Track<Set<String>> machines = machines(longest(periods), within);
    Track<Optional<String>> sole =
        machines.map(
            some -> some.size() == 1 ? Optional.of(some.iterator().next()) : Optional.empty());
    Track<Set<String>> shifting = machines.map(some -> some.size() > 1 ? some : Set.of());
    Map<String, Share> shares = new LinkedHashMap<>();
    for (String machine : periods.keySet()) {
      shares.put(
          machine,
          new Share(
              part(sole, value -> value.filter(machine::equals).isPresent()),
              part(shifting, some -> some.contains(machine))));
    }
    return new Bottleneck(sole, shifting, shares);
  }

  /** The periods that are the longest at some instant. */
  private static Set<ActivePeriod> longest(Map<String, List<ActivePeriod>> periods) {
    List<ActivePeriod> begins =
        periods.values().stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparing(ActivePeriod::span))
            .toList();
    TreeSet<Long> instants = new TreeSet<>();
    begins.forEach(
        period -> {
          instants.add(period.span().fromMicros());
          instants.add(period.span().toMicros());
        });
    PriorityQueue<ActivePeriod> open = new PriorityQueue<>(LONGEST);
    Set<ActivePeriod> longest = new HashSet<>();
    int next = 0;
    for (long instant : instants) {
      while (next < begins.size() && begins.get(next).span().fromMicros() == instant) {
        open.add(begins.get(next++));
      }
      while (!open.isEmpty() && open.element().span().toMicros() <= instant) {
        open.remove();
      }
      if (!open.isEmpty()) {
        longest.add(open.element());
      }
    }
    return longest;
  }

  /** Whose periods these are, at each instant. */
  private static Track<Set<String>> machines(Set<ActivePeriod> periods, Span within) {
    TreeMap<Long, Set<String>> begins = new TreeMap<>();
    TreeMap<Long, Set<String>> ends = new TreeMap<>();
    TreeSet<Long> instants = new TreeSet<>();
    for (ActivePeriod period : periods) {
      Span span = period.span();
      begins.computeIfAbsent(span.fromMicros(), at -> new HashSet<>()).add(period.machine());
      ends.computeIfAbsent(span.toMicros(), at -> new HashSet<>()).add(period.machine());
      instants.add(span.fromMicros());
      instants.add(span.toMicros());
    }
    List<Change<Set<String>>> changes = new ArrayList<>();
    Set<String> open = new HashSet<>();
    for (long instant : instants) {
      open.removeAll(ends.getOrDefault(instant, Set.of()));
      open.addAll(begins.getOrDefault(instant, Set.of()));
      changes.add(new Change<>(instant, 0, Set.copyOf(open)));
    }
    return Track.of(within, Set.of(), changes);
  }

  private static <V> double part(Track<V> track, Predicate<V> is) {
    long micros =
        track.pieces().stream()
            .filter(piece -> is.test(piece.value()))
            .map(Piece::span)
            .mapToLong(Span::micros)
            .sum();
    return (double) micros / track.whole().micros();
  }
}
