package io.linewright.bench.edgefault.judge;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the rows of registers at the true times at which they were read, where the gateway's clock
 * was wrong. Where two times are possible, near the begin and end of small jumps, a row belongs to
 * the one at which it came sooner after the register began to show its value.
 */
public final class TrueTimes {

  /** From the order to the jump, and the answer of a device that was under way. */
  private static final long SLACK_MICROS = 500_000;

  /**
   * A time in which the gateway's clock was wrong.
   *
   * @param beginMicros just before the jump, µs since 1970 by the true clock
   * @param endMicros just after the order to jump back
   * @param offsetMicros how far it was ahead; negative: behind
   */
  public record Jump(long beginMicros, long endMicros, long offsetMicros) {

    private boolean mayHold(long micros) {
      return micros >= beginMicros && micros <= endMicros + SLACK_MICROS;
    }

    private boolean holds(long micros) {
      return micros > beginMicros + SLACK_MICROS && micros < endMicros;
    }
  }

  private final List<Jump> jumps;

  public TrueTimes(List<Jump> jumps) {
    this.jumps = List.copyOf(jumps);
  }

  /**
   * All rows by tag; those of sources with a clock of their own as they are.
   *
   * @param truth what the plant showed, by tag
   * @param stored rows by tag, in order of the times that they have
   */
  public Map<String, List<StoredSample>> of(
      Map<String, List<TruthLine>> truth, Map<String, List<StoredSample>> stored) {
    Map<String, List<StoredSample>> moved = new LinkedHashMap<>();
    stored.forEach(
        (tag, rows) -> {
          List<TruthLine> lines = truth.getOrDefault(tag, List.of());
          boolean polled = lines.stream().anyMatch(TruthLine::polled);
          moved.put(tag, polled && !jumps.isEmpty() ? moved(lines, rows) : rows);
        });
    return moved;
  }

  private List<StoredSample> moved(List<TruthLine> lines, List<StoredSample> rows) {
    List<StoredSample> moved = new ArrayList<>(rows.size());
    for (StoredSample row : rows) {
      long micros = trueTime(lines, row);
      moved.add(new StoredSample(micros, row.ordinal(), row.status(), row.value()));
    }
    moved.sort(Comparator.comparingLong(StoredSample::sourceMicros)); // keeps the order of equals
    return moved;
  }

  private long trueTime(List<TruthLine> lines, StoredSample row) {
    List<Long> possible = possible(row.sourceMicros());
    if (possible.size() == 1 || !row.isGood()) {
      return possible.getFirst();
    }
    return possible.stream()
        .min(Comparator.comparingLong(micros -> delay(lines, row, micros)))
        .orElseThrow();
  }

  /** At least one; a row that fits nowhere keeps its time, and will be judged by it. */
  private List<Long> possible(long micros) {
    List<Long> possible = new ArrayList<>();
    if (jumps.stream().noneMatch(jump -> jump.holds(micros))) {
      possible.add(micros);
    }
    for (Jump jump : jumps) {
      if (jump.mayHold(micros - jump.offsetMicros())) {
        possible.add(micros - jump.offsetMicros());
      }
    }
    return possible.isEmpty() ? List.of(micros) : possible;
  }

  private static long delay(List<TruthLine> lines, StoredSample row, long micros) {
    long delay = Long.MAX_VALUE;
    for (TruthLine line : lines) {
      if (line.sourceMicros() <= micros && line.value().equals(row.value())) {
        delay = micros - line.sourceMicros();
      }
    }
    return delay;
  }
}
