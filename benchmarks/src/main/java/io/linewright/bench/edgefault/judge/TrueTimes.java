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
 * was wrong. Where two times are possible, near the begin and end of small jumps, rows are shared
 * out so that as many changes as possible have one of their own; among those a row belongs to the
 * change that it came soonest after.
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
    Showings showings = new Showings(lines, rows.size());
    List<List<Showings.Reading>> readings = new ArrayList<>(rows.size());
    for (StoredSample row : rows) {
      readings.add(row.isGood() ? readings(lines, row) : List.of());
    }
    showings.assign(readings);
    List<StoredSample> moved = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      StoredSample row = rows.get(i);
      long micros =
          showings
              .of(i)
              .map(Showings.Reading::micros)
              .orElseGet(() -> possible(row.sourceMicros()).getFirst());
      moved.add(new StoredSample(micros, row.ordinal(), row.status(), row.value()));
    }
    moved.sort(Comparator.comparingLong(StoredSample::sourceMicros)); // keeps the order of equals
    return moved;
  }

  /** What the row can be a reading of, and when; the soonest after its change first. */
  private List<Showings.Reading> readings(List<TruthLine> lines, StoredSample row) {
    List<Showings.Reading> readings = new ArrayList<>();
    for (long micros : possible(row.sourceMicros())) {
      for (int i = Showings.standing(lines, micros); i >= 0; i--) {
        if (Showings.end(lines, i) + PolledRows.LATE_MICROS < micros) {
          break;
        }
        if (lines.get(i).value().equals(row.value())) {
          readings.add(new Showings.Reading(i, micros, micros - lines.get(i).sourceMicros()));
        }
      }
    }
    readings.sort(Comparator.comparingLong(Showings.Reading::delayMicros));
    return readings;
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
}
