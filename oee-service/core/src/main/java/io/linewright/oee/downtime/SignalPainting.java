package io.linewright.oee.downtime;

import io.linewright.oee.downtime.Episodes.Episode;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.reason.ReasonSignal;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.TimeSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Explains stops by the reasons that the machine signals. */
public final class SignalPainting {

  private SignalPainting() {}

  /**
   * The slices with the reasons that were signalled. A signal counts for the episode in which it
   * was said, from then on until the next that the tree knows; the first one from the begin of the
   * episode on, as it may be read a little later than the state. One that the tree does not know,
   * and one that is empty, changes nothing: a tag may be reset before the machine runs again. Only
   * if the tree says that signals are sticky, an episode in which none was said has the last one
   * before it, if the tree knows that.
   *
   * @param slices a partition of time, ascending, by states, calendar and data
   * @param signals in any order, also the last before that time
   * @param tree the reasons
   * @return a partition of the same time
   */
  public static List<TimeSlice> paint(
      List<TimeSlice> slices, Collection<ReasonSignal> signals, ReasonTree tree) {
    List<ReasonSignal> ascending =
        signals.stream().filter(signal -> signal.text() != null).sorted().toList();
    List<TimeSlice> painted = new ArrayList<>(slices.size());
    int next = 0;
    Optional<Reason> before = Optional.empty();
    int done = 0;
    for (Episode run : Episodes.runs(slices)) {
      long from = slices.get(run.first()).span().fromMicros();
      long to = slices.get(run.last() - 1).span().toMicros();
      for (; next < ascending.size() && ascending.get(next).micros() < from; next++) {
        before = reason(ascending.get(next), tree);
      }
      SortedMap<Long, Reason> said = new TreeMap<>();
      Optional<Reason> last = before;
      for (; next < ascending.size() && ascending.get(next).micros() < to; next++) {
        long micros = said.isEmpty() ? from : ascending.get(next).micros();
        last = reason(ascending.get(next), tree);
        last.ifPresent(reason -> said.put(micros, reason));
      }
      if (said.isEmpty() && tree.sticky()) {
        before.ifPresent(reason -> said.put(from, reason));
      }
      before = last;
      painted.addAll(slices.subList(done, run.first()));
      List<TimeSlice> inside = slices.subList(run.first(), run.last());
      for (long micros : said.keySet()) {
        inside = Episodes.cut(inside, micros);
      }
      for (TimeSlice slice : inside) {
        Optional<Reason> holds =
            said.headMap(slice.span().fromMicros() + 1).values().stream()
                .reduce((earlier, later) -> later);
        painted.add(holds.map(reason -> explained(slice, reason)).orElse(slice));
      }
      done = run.last();
    }
    painted.addAll(slices.subList(done, slices.size()));
    return List.copyOf(painted);
  }

  private static TimeSlice explained(TimeSlice slice, Reason reason) {
    return Episodes.explained(slice, reason.category(), reason.code(), slice.flags());
  }

  private static Optional<Reason> reason(ReasonSignal signal, ReasonTree tree) {
    String text = signal.text();
    return text == null ? Optional.empty() : tree.bySignal(text);
  }
}
