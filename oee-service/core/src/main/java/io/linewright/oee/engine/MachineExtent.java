package io.linewright.oee.engine;

import io.linewright.oee.downtime.Episodes;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.time.Duration;
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

  private MachineExtent() {}

  /**
   * The time that decides about a time, which covers it.
   *
   * @param asked in the whole of the timeline
   * @param timeline of that machine. If the answer begins where it begins, or ends where it ends,
   *     then more decides than it tells, and a longer one has to be asked
   * @param in what it was computed from
   * @throws IllegalArgumentException if the time is not all in the whole
   */
  public static Span of(Span asked, Timeline timeline, MachineInput in) {
    return of(asked, timeline, in, deciding(timeline, in));
  }

  /** The time that each stop, gap and word decides about, in any order. */
  static List<Span> deciding(Timeline timeline, MachineInput in) {
    Span whole = timeline.whole();
    List<Span> together = Episodes.deciding(timeline.explained());
    List<Span> all = new ArrayList<>(together);
    all.addAll(gaps(timeline.explained()));
    for (StopWord word : in.words()) {
      word.said().span().and(whole).ifPresent(span -> all.add(joined(span, together)));
    }
    return all;
  }

  /** The same for who asks for many: {@code all} is what is {@link #deciding}. */
  static Span of(Span asked, Timeline timeline, MachineInput in, List<Span> all) {
    Span whole = timeline.whole();
    if (!whole.covers(asked)) {
      throw new IllegalArgumentException(asked + " is not all in the timeline of " + whole);
    }
    long start = startMicros(in);
    long from = Math.max(whole.fromMicros(), saturated(asked.fromMicros(), -1 - start));
    long to = Math.min(whole.toMicros(), saturated(asked.toMicros(), 1 + start));
    Span reach = new Span(from, to);
    for (boolean grown = true; grown; ) {
      Span before = reach;
      for (Span span : all) {
        reach = span.overlaps(reach) ? reach.hull(span) : reach;
      }
      grown = !reach.equals(before);
    }
    return reach;
  }

  /** A word with the stops that it may be about. */
  private static Span joined(Span word, List<Span> episodes) {
    Span joined = word;
    for (Span episode : episodes) {
      if (episode.overlaps(word)) {
        joined = joined.hull(episode);
      }
    }
    return joined;
  }

  /**
   * Gaps in the data over which a failure may go on, with one microsecond before and after each.
   * Whether the machine was broken there is not asked: on the far side that may not be known yet.
   */
  private static List<Span> gaps(List<TimeSlice> slices) {
    List<Span> gaps = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      int end = i;
      while (end < slices.size() && slices.get(end).said() == TimeCategory.NO_DATA) {
        end++;
      }
      if (end > i) {
        long from = slices.get(i).span().fromMicros();
        long to = slices.get(end - 1).span().toMicros();
        if (to - from <= SAME_FAILURE_MICROS) {
          gaps.add(new Span(i == 0 ? from : from - 1, end == slices.size() ? to : to + 1));
        }
        i = end;
      }
    }
    return gaps;
  }

  /** How long a start may ever take, µs; 0 where no reject is lost with a start. */
  private static long startMicros(MachineInput in) {
    return in.rules().pieces().stream()
            .map(piece -> piece.value().stops().startUp())
            .filter(start -> !start.after().isEmpty())
            .map(start -> start.lasts())
            .mapToLong(Duration::toNanos)
            .max()
            .orElse(0)
        / 1_000;
  }

  private static long saturated(long micros, long by) {
    return Math.clamp(
        micros + by, MachineInput.ALL_TIME.fromMicros(), MachineInput.ALL_TIME.toMicros());
  }
}
