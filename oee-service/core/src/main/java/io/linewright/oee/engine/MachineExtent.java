package io.linewright.oee.engine;

import io.linewright.oee.downtime.Episodes;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The time that decides about a time. Stops are judged whole, with what is beside them; words may
 * be about stops further away; a start may have been some time before; and a breakdown may go on
 * after a gap in the data. The relation goes both ways: whatever changes in a time changes nothing
 * beyond the time that decides about it.
 */
public final class MachineExtent {

  /** A breakdown that goes on after no longer a gap in the data is the same one, µs. */
  static final long SAME_FAILURE_MICROS = 3_600_000_000L;

  private final Span whole;
  private final long startMicros;

  /** What is decided together, ascending; no two have an instant in common. */
  private final List<Span> together;

  /**
   * Of all times in a whole.
   *
   * @param timeline of that machine
   * @param in what it was computed from
   */
  public MachineExtent(Timeline timeline, MachineInput in) {
    whole = timeline.whole();
    startMicros = startMicros(in);
    List<Span> all = new ArrayList<>(Episodes.deciding(timeline.explained()));
    addGaps(timeline.explained(), all);
    for (StopWord word : in.words()) {
      word.said().span().and(whole).ifPresent(all::add);
    }
    together = united(all);
  }

  /**
   * The time that decides about a time, which covers it. If it begins where the whole begins, or
   * ends where that ends, then more decides than the timeline tells, and a longer one has to be
   * asked.
   *
   * @throws IllegalArgumentException if the time is not all in the whole
   */
  public Span of(Span asked) {
    if (!whole.covers(asked)) {
      throw new IllegalArgumentException(asked + " is not all in the timeline of " + whole);
    }
    Span reach =
        new Span(
            Math.max(whole.fromMicros(), saturated(asked.fromMicros(), -1 - startMicros)),
            Math.min(whole.toMicros(), saturated(asked.toMicros(), 1 + startMicros)));
    Span extent = reach;
    for (int i = firstEndingAfter(reach.fromMicros());
        i < together.size() && together.get(i).overlaps(reach);
        i++) {
      extent = extent.hull(together.get(i));
    }
    return extent;
  }

  private int firstEndingAfter(long micros) {
    int low = 0;
    int high = together.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (together.get(middle).toMicros() <= micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Spans that overlap as one; those that only touch stay two. */
  private static List<Span> united(List<Span> any) {
    List<Span> united = new ArrayList<>(any.size());
    for (Span span : any.stream().sorted().toList()) {
      if (united.isEmpty() || united.getLast().toMicros() <= span.fromMicros()) {
        united.add(span);
      } else {
        united.add(united.removeLast().hull(span));
      }
    }
    return united;
  }

  /**
   * The ends of gaps in the data, each with one microsecond after it, and before it what decides
   * whether a failure goes on there: as much as it may go on over, or the gap and one microsecond
   * before it. Whether the machine was broken there is not asked: that may not be known yet. A time
   * in a long gap does not hang on when the gap began.
   */
  private static void addGaps(List<TimeSlice> slices, List<Span> all) {
    for (int i = 0; i < slices.size(); i++) {
      int end = i;
      while (end < slices.size() && slices.get(end).said() == TimeCategory.NO_DATA) {
        end++;
      }
      if (end > i) {
        long from = slices.get(i).span().fromMicros();
        long to = slices.get(end - 1).span().toMicros();
        all.add(
            new Span(
                Math.max(i == 0 ? from : from - 1, to - SAME_FAILURE_MICROS - 1),
                end == slices.size() ? to : to + 1));
        i = end;
      }
    }
  }

  /** How long a start may ever take, µs; 0 where no reject is lost with a start. */
  private static long startMicros(MachineInput in) {
    return in.rules().pieces().stream()
            .map(piece -> piece.value().stops().startUp())
            .filter(start -> !start.after().isEmpty())
            .mapToLong(start -> start.lasts().toNanos())
            .max()
            .orElse(0)
        / 1_000;
  }

  private static long saturated(long micros, long by) {
    return Math.clamp(
        micros + by, MachineInput.ALL_TIME.fromMicros(), MachineInput.ALL_TIME.toMicros());
  }
}
