package io.linewright.oee.downtime;

import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a machine did not produce. An episode is a longest run of slices in which it was not said
 * to produce. No data, no shift, and what is not known yet end it; a break does not, unless the
 * machine produces in it, nor does it begin or end with one. In a break nothing is said to be a
 * planned stop, see {@link #saidInBreak}: that is how a break and a stop that the machine or people
 * call planned are told apart.
 */
public final class Episodes {

  private static final Set<TimeCategory> NOT_SCHEDULED =
      EnumSet.of(TimeCategory.UNSCHEDULED, TimeCategory.NO_DATA, TimeCategory.PENDING);

  private Episodes() {}

  /**
   * A run of slices.
   *
   * @param first index of the first slice
   * @param last index after the last one
   * @param from index of the first slice that is not of a break
   * @param to index after the last one that is not
   * @param micros how long it counts: all but what the calendar plans, µs, more than 0
   * @param busyMicros how much of that is planned busy time, µs
   * @param besideProduction whether production comes directly before or after it, perhaps across a
   *     break
   * @param open whether nothing is known of what comes after it
   */
  record Episode(
      int first,
      int last,
      int from,
      int to,
      long micros,
      long busyMicros,
      boolean besideProduction,
      boolean open) {

    Span span(List<TimeSlice> slices) {
      return slices.get(from).span().hull(slices.get(to - 1).span());
    }
  }

  /**
   * When the machine did not produce, ascending.
   *
   * @param slices a partition of time, ascending
   */
  public static List<Span> of(List<TimeSlice> slices) {
    return runs(slices).stream().map(run -> run.span(slices)).toList();
  }

  /**
   * The time that decides about each episode, ascending: it, with the breaks at its ends, and one
   * microsecond before and after that; also of breaks without an episode, as there may be one
   * beyond the slices. One that reaches the begin or the end of the slices may go on there.
   *
   * @param slices a partition of time, ascending
   */
  public static List<Span> deciding(List<TimeSlice> slices) {
    List<Span> deciding = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      int end = i;
      while (end < slices.size() && idle(slices.get(end))) {
        end++;
      }
      if (end > i) {
        long from = slices.get(i).span().fromMicros();
        long to = slices.get(end - 1).span().toMicros();
        deciding.add(new Span(i > 0 ? from - 1 : from, end < slices.size() ? to + 1 : to));
        i = end;
      }
    }
    return deciding;
  }

  /**
   * Begin of what may still become part of an episode of which nobody knows yet how it goes on,
   * with the breaks at its begin: a reason of it explains these, too. Also of breaks alone, as one
   * may begin after them. Empty if there is none.
   *
   * @param slices a partition of time, ascending, by states, calendar, data and reasons
   * @param knownUntil first instant of which it is not known what the machine did
   */
  public static OptionalLong openSince(List<TimeSlice> slices, long knownUntil) {
    int next = 0;
    while (next < slices.size() && slices.get(next).span().toMicros() <= knownUntil) {
      next++;
    }
    boolean goesOn =
        next == slices.size()
            || idle(slices.get(next))
            || slices.get(next).category() == TimeCategory.PENDING;
    // One that is cut at the instant, as a break of which half is known, has begun before it.
    int begin =
        next < slices.size() && slices.get(next).span().fromMicros() < knownUntil ? next + 1 : next;
    int first = begin;
    while (first > 0 && idle(slices.get(first - 1))) {
      first--;
    }
    return goesOn && first < begin
        ? OptionalLong.of(slices.get(first).span().fromMicros())
        : OptionalLong.empty();
  }

  /**
   * What is to be said of an instant of a break of which the machine or people say this: the same,
   * but a delay for a planned stop. Whoever makes slices of states and calendar has to ask this.
   */
  public static TimeCategory saidInBreak(TimeCategory said) {
    return said == TimeCategory.PLANNED_STOP ? TimeCategory.DELAY : said;
  }

  /** The episodes, whether or not somebody divided them. */
  static List<Episode> runs(List<TimeSlice> slices) {
    List<Episode> runs = new ArrayList<>();
    int i = 0;
    while (i < slices.size()) {
      if (!idle(slices.get(i))) {
        i++;
        continue;
      }
      int begin = i;
      while (i < slices.size() && idle(slices.get(i))) {
        i++;
      }
      boolean beside =
          begin > 0 && produces(slices.get(begin - 1))
              || i < slices.size() && produces(slices.get(i));
      boolean open = i == slices.size() || slices.get(i).category() == TimeCategory.PENDING;
      add(runs, slices, begin, i, beside, open);
    }
    return runs;
  }

  /** The stops: episodes of slices with their flags, divided where one begins. */
  static List<Episode> stops(List<TimeSlice> slices) {
    List<Episode> stops = new ArrayList<>();
    for (Episode run : runs(slices)) {
      int from = run.from();
      for (int i = run.from() + 1; i <= run.to(); i++) {
        if (i == run.to() || slices.get(i).has(SliceFlag.FIRST_OF_EPISODE)) {
          add(stops, slices, from, i, run.besideProduction(), i == run.to() && run.open());
          from = i;
        }
      }
    }
    return stops;
  }

  /** Whether the calendar plans a stop, and nobody else does. */
  static boolean planned(TimeSlice slice) {
    return slice.category() == TimeCategory.PLANNED_STOP
        && slice.said() != TimeCategory.PLANNED_STOP;
  }

  /** Adds the run without the breaks at its ends, if that is not nothing. */
  private static void add(
      List<Episode> runs,
      List<TimeSlice> slices,
      int first,
      int last,
      boolean beside,
      boolean open) {
    int from = first;
    int to = last;
    while (from < to && planned(slices.get(from))) {
      from++;
    }
    while (to > from && planned(slices.get(to - 1))) {
      to--;
    }
    long micros = 0;
    long busy = 0;
    for (TimeSlice slice : slices.subList(from, to)) {
      micros += planned(slice) ? 0 : slice.span().micros();
      busy += slice.category().plannedBusy() ? slice.span().micros() : 0;
    }
    if (from < to) {
      runs.add(new Episode(first, last, from, to, micros, busy, beside, open));
    }
  }

  /** Whether it is said to produce, and there is a shift. */
  static boolean produces(TimeSlice slice) {
    return slice.said() == TimeCategory.PRODUCTION && !NOT_SCHEDULED.contains(slice.category());
  }

  /** Whether it is part of a stop: neither said to produce, nor so short that it counts as such. */
  static boolean idle(TimeSlice slice) {
    return slice.said() != TimeCategory.PRODUCTION
        && slice.category() != TimeCategory.PRODUCTION
        && !NOT_SCHEDULED.contains(slice.category());
  }

  /** The slices, cut at an instant. */
  static List<TimeSlice> cut(List<TimeSlice> slices, long micros) {
    List<TimeSlice> cut = new ArrayList<>(slices.size() + 1);
    for (TimeSlice slice : slices) {
      Span span = slice.span();
      if (span.fromMicros() < micros && micros < span.toMicros()) {
        cut.addAll(Partition.within(List.of(slice), new Span(span.fromMicros(), micros)));
        cut.addAll(Partition.within(List.of(slice), new Span(micros, span.toMicros())));
      } else {
        cut.add(slice);
      }
    }
    return cut;
  }

  /** The slice as a reason explains it; what the calendar plans stays planned. */
  static TimeSlice explained(
      TimeSlice slice, TimeCategory said, @Nullable String reason, Set<SliceFlag> flags) {
    boolean kept = planned(slice);
    return new TimeSlice(
        slice.span(),
        kept ? slice.category() : said,
        kept ? saidInBreak(said) : said,
        slice.state(),
        kept ? slice.reason() : reason,
        flags);
  }

  /** The flags with another one. */
  static Set<SliceFlag> with(Set<SliceFlag> flags, SliceFlag flag) {
    Set<SliceFlag> more = EnumSet.of(flag);
    more.addAll(flags);
    return more;
  }
}
