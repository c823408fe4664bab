package io.linewright.bench.edgefault.judge;

import io.linewright.bench.compare.TruthLine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shares the rows of a register out among what it showed: a maximum bipartite matching by
 * augmenting paths (Kuhn 1955), in which rows that came soon after a change choose first.
 */
final class Showings {

  /**
   * What a row may be.
   *
   * @param line which change
   * @param micros true time of the row then
   * @param delayMicros from the change to the row
   */
  record Reading(int line, long micros, long delayMicros) {}

  private final int[] rowOfLine;
  private final @Nullable Reading[] chosen;

  Showings(List<TruthLine> lines, int rows) {
    rowOfLine = new int[lines.size()];
    Arrays.fill(rowOfLine, -1);
    chosen = new Reading[rows];
  }

  /**
   * Gives each row one of its readings, or none.
   *
   * @param readings by row, best first
   */
  void assign(List<List<Reading>> readings) {
    IntStream.range(0, readings.size())
        .filter(row -> !readings.get(row).isEmpty())
        .boxed()
        .sorted(Comparator.comparingLong(row -> readings.get(row).getFirst().delayMicros()))
        .forEach(row -> place(row, readings, new boolean[rowOfLine.length]));
    for (int row = 0; row < chosen.length; row++) {
      if (chosen[row] == null && !readings.get(row).isEmpty()) {
        chosen[row] = readings.get(row).getFirst(); // one too many: it will be judged as such
      }
    }
  }

  private boolean place(int row, List<List<Reading>> readings, boolean[] tried) {
    for (Reading reading : readings.get(row)) {
      if (!tried[reading.line()]) {
        tried[reading.line()] = true;
        int other = rowOfLine[reading.line()];
        if (other < 0 || place(other, readings, tried)) {
          rowOfLine[reading.line()] = row;
          chosen[row] = reading;
          return true;
        }
      }
    }
    return false;
  }

  /** What became of a row. */
  Optional<Reading> of(int row) {
    return Optional.ofNullable(chosen[row]);
  }

  /** Which change stood at a time; -1 before the first. */
  static int standing(List<TruthLine> lines, long micros) {
    int low = 0;
    int high = lines.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lines.get(middle).sourceMicros() <= micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** When it stood no more. */
  static long end(List<TruthLine> lines, int index) {
    return index + 1 < lines.size()
        ? lines.get(index + 1).sourceMicros()
        : Long.MAX_VALUE - PolledRows.LATE_MICROS;
  }
}
