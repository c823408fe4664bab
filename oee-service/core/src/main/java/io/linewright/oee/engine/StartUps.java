package io.linewright.oee.engine;

import io.linewright.oee.count.CountBasis;
import io.linewright.oee.count.CountEntry;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.order.StartUp;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/** When a machine was starting, so that what it rejected is lost with the start. */
final class StartUps {

  private StartUps() {}

  /**
   * The starts: from where production begins directly after what the rules say, until the time or
   * the items that a start takes are over.
   *
   * @param entries ascending
   * @param counted kinds that the machine counts at an instant
   */
  static Spans of(
      MachineInput in,
      List<TimeSlice> slices,
      List<CountEntry> entries,
      LongFunction<Set<CountKind>> counted) {
    List<Span> starts = new ArrayList<>();
    for (int i = 1; i < slices.size(); i++) {
      if (slices.get(i).category() == TimeCategory.PRODUCTION) {
        long at = slices.get(i).span().fromMicros();
        StartUp start = in.rulesAt(at).stops().startUp();
        if (start.after().contains(slices.get(i - 1).category())) {
          long end = end(start, at, entries, counted.apply(at));
          if (at < end) {
            starts.add(new Span(at, end));
          }
        }
      }
    }
    return Spans.of(starts);
  }

  private static long end(
      StartUp start, long at, List<CountEntry> entries, Set<CountKind> counted) {
    long latest = at + start.lasts().toNanos() / 1_000;
    if (start.pieces().millionths() == 0) {
      return latest;
    }
    Quantity made = Quantity.ZERO;
    for (int i = firstAtOrAfter(entries, at); i < entries.size(); ) {
      long now = entries.get(i).atMicros();
      if (now >= latest) {
        break;
      }
      if (made.compareTo(start.pieces()) >= 0) {
        return now;
      }
      Map<CountKind, Quantity> sums = new EnumMap<>(CountKind.class);
      for (; i < entries.size() && entries.get(i).atMicros() == now; i++) {
        sums.merge(entries.get(i).kind(), entries.get(i).quantity(), Quantity::plus);
      }
      made = made.plus(CountBasis.of(counted, sums).produced());
    }
    return latest;
  }

  /** Index of the first entry at or after an instant. */
  static int firstAtOrAfter(List<CountEntry> entries, long micros) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).atMicros() < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
