package io.linewright.bench.edgefault.judge;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.plant.StoredSample;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * Matches stored rows of a register with what it showed. A row has the time at which the gateway
 * got the answer; it belongs to the first showing not yet matched that has its value and stood
 * then, or had stood {@link #LATE_MICROS} before. A row that says again what the last one said is
 * right behind one that is not Good, and as the first reading of a gateway that has started again.
 */
final class PolledRows {

  /** The gateway file's time-out for an answer, and delays of a busy machine. */
  static final long LATE_MICROS = 7_000_000;

  /** A time at which no gateway had just started. */
  static final long NO_START = Long.MIN_VALUE;

  private final List<TruthLine> lines;
  private final boolean[] found;
  private final Consumer<String> told;
  private int last = -1;
  private long repeated;
  private long wrong;

  PolledRows(List<TruthLine> lines, Consumer<String> told) {
    this.lines = lines;
    this.found = new boolean[lines.size()];
    this.told = told;
  }

  /**
   * Matches all rows.
   *
   * @param starts the start of the gateway whose first reading a row may be, as a number of its
   *     own; {@link #NO_START}: of none
   */
  void match(List<StoredSample> rows, long fromMicros, LongUnaryOperator starts) {
    boolean interrupted = true;
    long read = NO_START;
    for (StoredSample row : rows) {
      boolean good = row.status() >>> 30 == 0;
      if (good && row.sourceMicros() >= fromMicros) {
        long start = starts.applyAsLong(row.sourceMicros());
        take(row, interrupted || (start != NO_START && start != read));
        read = start;
      } else if (good) {
        last = standing(row);
      }
      interrupted = !good;
    }
  }

  private int standing(StoredSample row) {
    int next = next(row);
    return next < 0 ? last : next;
  }

  private void take(StoredSample row, boolean mayRepeat) {
    boolean same = last >= 0 && lines.get(last).value().equals(row.value());
    boolean stillStands =
        last >= 0 && (last + 1 == lines.size() || row.sourceMicros() < time(last + 1));
    int next = same && stillStands ? -1 : next(row);
    if (next >= 0) {
      last = next;
      found[next] = true;
    } else if (same && mayRepeat && row.sourceMicros() <= endOf(last) + LATE_MICROS) {
      found[last] = true;
    } else if (same) {
      repeated++;
      told.accept("repeated: " + lines.get(last).tag() + " " + row);
    } else {
      wrong++;
      told.accept("wrong: " + (lines.isEmpty() ? "" : lines.getFirst().tag()) + " " + row);
    }
  }

  private int next(StoredSample row) {
    for (int i = last + 1; i < lines.size() && time(i) <= row.sourceMicros(); i++) {
      if (lines.get(i).value().equals(row.value())
          && row.sourceMicros() <= endOf(i) + LATE_MICROS) {
        return i;
      }
    }
    return -1;
  }

  private long endOf(int index) {
    return index + 1 < lines.size() ? time(index + 1) : Long.MAX_VALUE - LATE_MICROS;
  }

  private long time(int index) {
    return lines.get(index).sourceMicros();
  }

  boolean[] found() {
    return found;
  }

  long repeated() {
    return repeated;
  }

  long wrong() {
    return wrong;
  }
}
