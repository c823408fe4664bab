package io.linewright.bench.edgefault.judge;

import io.linewright.bench.edgefault.judge.Interruption.Source;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds cuts that a tag does not tell of. A tag whose source was cut for {@link #BOUND_MICROS} or
 * longer must have a row that is not Good from the begin of the cut to the bound. Where faults
 * touch, the row may come from the first of them on. If the gateway was dead meanwhile, nobody
 * could say so until {@link #START_MICROS} after its start, and the cut counts only if it lasted
 * longer.
 */
final class Silences {

  /** The gateway's 450 ms for intervals of 250 ms, with room for a starved machine. */
  static final long BOUND_MICROS = 5_000_000;

  /** From the start of a gateway to its first knowledge of a source that does not answer. */
  static final long START_MICROS = 30_000_000;

  /** Whether losses were recorded in a range, so that rows may be missing. */
  @FunctionalInterface
  interface Losses {
    boolean touch(long from, long to);
  }

  private final List<Interruption> concerned;
  private final Source source;
  private final Recoveries recoveries;

  Silences(List<Interruption> interruptions, Source source, Recoveries recoveries) {
    this.concerned = interruptions.stream().filter(one -> one.sources().contains(source)).toList();
    this.source = source;
    this.recoveries = recoveries;
  }

  List<String> of(List<StoredSample> rows, Losses losses) {
    List<String> silences = new ArrayList<>();
    for (Interruption cut : concerned) {
      if (!cut.cut()) {
        continue;
      }
      long due = due(cut);
      long from = chainBegin(cut);
      if (due <= cut.endMicros()
          && rows.stream()
              .noneMatch(
                  row ->
                      row.status() >>> 30 != 0
                          && row.sourceMicros() >= from
                          && row.sourceMicros() <= due)
          && !losses.touch(cut.beginMicros(), due)) {
        silences.add("looked good during " + cut + first(rows, cut));
      }
    }
    return silences;
  }

  private static String first(List<StoredSample> rows, Interruption cut) {
    return rows.stream()
        .filter(row -> !row.isGood() && row.sourceMicros() >= cut.beginMicros())
        .findFirst()
        .map(row -> "; first row that is not: " + (row.sourceMicros() - cut.beginMicros()) + " µs")
        .map(late -> late + " after its begin")
        .orElse("; no later row is not Good");
  }

  private long due(Interruption cut) {
    long due = cut.beginMicros() + BOUND_MICROS;
    for (Interruption other : concerned) {
      boolean meanwhile =
          other.gatewayDead()
              && other.beginMicros() <= due
              && other.endMicros() + START_MICROS >= cut.beginMicros();
      if (meanwhile) {
        due = Math.max(due, other.endMicros() + START_MICROS);
      }
    }
    return due;
  }

  private long chainBegin(Interruption cut) {
    long begin = cut.beginMicros();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Interruption other : concerned) {
        if (other.beginMicros() < begin && recoveries.after(source, other.endMicros()) >= begin) {
          begin = other.beginMicros();
          grown = true;
        }
      }
    }
    return begin;
  }
}
