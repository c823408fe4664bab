package io.linewright.oee.slice;

import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.List;

/** Slices that divide a span: no instant is in two of them, none in none. */
public final class Partition {

  private Partition() {}

  /**
   * Checks that slices divide a span.
   *
   * @throws IllegalArgumentException if they leave a gap, overlap, descend, or are not exactly the
   *     whole; whoever made them has made a mistake
   */
  public static void require(Span whole, List<TimeSlice> slices) {
    long from = whole.fromMicros();
    for (TimeSlice slice : slices) {
      if (slice.span().fromMicros() != from) {
        throw new IllegalArgumentException(slice + " must begin at " + from + ", in " + whole);
      }
      from = slice.span().toMicros();
    }
    if (from != whole.toMicros()) {
      throw new IllegalArgumentException("the slices end at " + from + ", not as " + whole);
    }
  }

  /**
   * The same with one slice for equal neighbours. A slice that begins a stop is not joined to the
   * one before it: two stops that touch, as after somebody divided one, stay two. The end of a stop
   * that was cut is joined to its begin, so that joining undoes {@link #within}.
   *
   * @param slices ascending, without overlap; there may be gaps, over which none are joined
   * @throws IllegalArgumentException if they descend or overlap
   */
  public static List<TimeSlice> joined(List<TimeSlice> slices) {
    requireAscending(slices);
    List<TimeSlice> joined = new ArrayList<>(slices.size());
    for (TimeSlice slice : slices) {
      if (!joined.isEmpty() && joined.getLast().goesOnIn(slice)) {
        TimeSlice begun = joined.removeLast();
        joined.add(begun.at(begun.span().hull(slice.span())));
      } else {
        joined.add(slice);
      }
    }
    return List.copyOf(joined);
  }

  /**
   * What of the slices lies in a span, cut at its ends. The first instants of the slices that are
   * left are searched for, so that a long list is cut into many parts quickly.
   *
   * @param slices ascending, without overlap
   * @param part may lie anywhere, also where there are no slices
   * @throws IllegalArgumentException if those in the part descend or overlap
   */
  public static List<TimeSlice> within(List<TimeSlice> slices, Span part) {
    List<TimeSlice> inside = new ArrayList<>();
    for (int i = firstEndingAfter(slices, part.fromMicros());
        i < slices.size() && slices.get(i).span().fromMicros() < part.toMicros();
        i++) {
      TimeSlice slice = slices.get(i);
      inside.add(slice.part(slice.span().and(part).orElseThrow()));
    }
    requireAscending(inside);
    return List.copyOf(inside);
  }

  private static int firstEndingAfter(List<TimeSlice> slices, long micros) {
    int low = 0;
    int high = slices.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slices.get(middle).span().toMicros() <= micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void requireAscending(List<TimeSlice> slices) {
    for (int i = 1; i < slices.size(); i++) {
      if (slices.get(i).span().fromMicros() < slices.get(i - 1).span().toMicros()) {
        throw new IllegalArgumentException(
            slices.get(i) + " must not begin before the end of " + slices.get(i - 1));
      }
    }
  }
}
