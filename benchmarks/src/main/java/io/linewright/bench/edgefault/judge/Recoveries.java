package io.linewright.bench.edgefault.judge;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.edgefault.judge.Interruption.Source;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * When the sources delivered again, by the machines' heartbeats: a source is back when a Good
 * heartbeat of each of its machines with a later time is stored. Not later than {@link #LONGEST}
 * after the fault, however: what never comes back excuses nothing.
 */
public final class Recoveries {

  /** Longest time that a source may take after the end of a fault, µs. */
  public static final long LONGEST = 90_000_000;

  /** All tags are read in one session, but not created in the same moment. */
  private static final long TOGETHER_MICROS = 1_000_000;

  private final Map<Source, List<NavigableSet<Long>>> heartbeats = new EnumMap<>(Source.class);

  /**
   * @param truth what the plant showed, by tag
   * @param stored rows by tag
   */
  public Recoveries(Map<String, List<TruthLine>> truth, Map<String, List<StoredSample>> stored) {
    for (Map.Entry<String, List<TruthLine>> tag : truth.entrySet()) {
      if (tag.getKey().endsWith("#heartbeat")) {
        Source source =
            tag.getValue().stream().anyMatch(TruthLine::polled) ? Source.MODBUS : Source.OPC_UA;
        NavigableSet<Long> times = new TreeSet<>();
        for (StoredSample row : stored.getOrDefault(tag.getKey(), List.of())) {
          if (row.status() >>> 30 == 0) {
            times.add(row.sourceMicros());
          }
        }
        heartbeats.computeIfAbsent(source, s -> new ArrayList<>()).add(times);
      }
    }
  }

  /** From when on nothing of the source may be missing after a fault that ended then. */
  long after(Source source, long endMicros) {
    long back = endMicros;
    for (NavigableSet<Long> machine : heartbeats.getOrDefault(source, List.of())) {
      Long first = machine.higher(endMicros);
      back = Math.max(back, first == null ? Long.MAX_VALUE : first);
    }
    return Math.min(back, endMicros + LONGEST) + TOGETHER_MICROS;
  }
}
