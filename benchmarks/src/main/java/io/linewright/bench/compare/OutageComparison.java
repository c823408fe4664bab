package io.linewright.bench.compare;

import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Compares the changes of one tag with its stored rows when the platform was killed on the way and
 * started again, while the plant went on. Pure.
 *
 * <ul>
 *   <li>A source with a clock (OPC UA) does not wait: changes of the outage are not expected. They
 *       must be missing in one piece, behind the last change that reached the gateway's disk and
 *       before the first that it was told of again. Everything before and after is expected once.
 *   <li>A polled source (the simulator's registers) holds a value until it was read three times, so
 *       nothing may be missing unless the outage outlasts its patience. A gateway that has started
 *       again cannot know whether a register has changed and changed back: its first reading is one
 *       of its own and may say once more what the last one before the kill said.
 * </ul>
 */
public final class OutageComparison {

  /**
   * What was found.
   *
   * @param verdict with {@code sent} being what is expected, the missing of the outage left out
   * @param missed changes of the outage that nobody saw
   * @param readAgain registers that the new run read as the old one had left them
   */
  public record Result(Verdict verdict, long missed, long readAgain) {

    /** Nothing compared. */
    public static final Result NONE = new Result(Verdict.NONE, 0, 0);

    /** Sum of both. */
    public Result plus(Result other) {
      return new Result(
          verdict.plus(other.verdict), missed + other.missed, readAgain + other.readAgain);
    }
  }

  private OutageComparison() {}

  /**
   * Compares one tag.
   *
   * @param truth every change of the tag, in order
   * @param observedMicros from when on changes are expected; empty: from the first on
   * @param stored stored rows in order of (source time, ordinal)
   */
  public static Result of(
      List<TruthLine> truth,
      OptionalLong observedMicros,
      List<StoredSample> stored,
      Outage outage) {
    boolean polled = truth.stream().anyMatch(TruthLine::polled);
    if (polled && outage.outlastsPatience()) {
      throw new IllegalArgumentException(
          "the outage lasted longer than registers wait; nothing can be said of "
              + truth.getFirst().tag());
    }
    return polled
        ? polled(truth, observedMicros, stored, outage)
        : timed(truth, observedMicros, stored, outage);
  }

  private static Result polled(
      List<TruthLine> truth, OptionalLong observed, List<StoredSample> stored, Outage outage) {
    List<StoredSample> rows = new ArrayList<>(stored);
    int first = firstGoodAfter(rows, outage.fromMicros());
    int before = first - 1;
    while (before >= 0 && !rows.get(before).isGood()) {
      before--;
    }
    boolean again =
        first < rows.size()
            && before >= 0
            && String.valueOf(rows.get(first).value()).equals(rows.get(before).value());
    if (again) {
      rows.remove(first);
    }
    return new Result(TagComparison.of(truth, observed, rows), 0, again ? 1 : 0);
  }

  private static int firstGoodAfter(List<StoredSample> rows, long micros) {
    int index = 0;
    while (index < rows.size()
        && (rows.get(index).sourceMicros() <= micros || !rows.get(index).isGood())) {
      index++;
    }
    return index;
  }

  private static Result timed(
      List<TruthLine> truth, OptionalLong observed, List<StoredSample> stored, Outage outage) {
    long from = observed.orElse(Long.MIN_VALUE);
    List<TruthLine> hole = new ArrayList<>();
    boolean closed = false;
    for (TruthLine line : truth) {
      if (line.sourceMicros() < from || !outage.excuses(line.sourceMicros())) {
        continue;
      }
      if (stored.stream().anyMatch(row -> says(row, line))) {
        closed = !hole.isEmpty();
      } else if (!closed) {
        hole.add(line);
      }
    }
    List<TruthLine> expected = new ArrayList<>(truth);
    expected.removeAll(hole);
    return new Result(TagComparison.of(expected, observed, stored), hole.size(), 0);
  }

  private static boolean says(StoredSample row, TruthLine line) {
    return row.isGood()
        && row.sourceMicros() == line.sourceMicros()
        && line.value().equals(row.value());
  }
}
