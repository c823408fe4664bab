package io.linewright.oee.state;

import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When it is not known in which state a machine was, though it told one before. */
public final class DataGaps {

  private DataGaps() {}

  /**
   * Whether the state is known. A loss that may concern the state's tag is a gap from its begin
   * until the tag tells again, at or after its end, also if it tells the same state as before, or
   * that there is none: until then any state may have come and gone. What is not known yet at the
   * end is NO_DATA before the instant until which is decided, PENDING from it on.
   *
   * @param whole the time that is asked for
   * @param losses of the machine's devices and gateways that overlap it or may have been going on
   *     at its begin, in any order; those that do not matter do no harm
   * @param before the last event before {@code whole}; null if there is none
   * @param events of the same tag, in any order. If there is no event at all there is no state
   *     either, and losses do not matter
   */
  public static Track<Known> of(
      Span whole,
      List<Loss> losses,
      @Nullable StateSaid before,
      List<StateSaid> events,
      Knowledge knowledge) {
    Track<Known> known = Track.constant(whole, Known.KNOWN);
    for (Span gap : gaps(whole, losses, before, events).list()) {
      known = known.painted(gap, Known.NO_DATA);
    }
    long tail = Math.max(whole.fromMicros(), knowledge.knownUntil());
    if (tail >= whole.toMicros()) {
      return known;
    }
    long decided = Math.clamp(knowledge.decidedUntil(), tail, whole.toMicros());
    known = painted(known, tail, decided, Known.NO_DATA);
    return painted(known, decided, whole.toMicros(), Known.PENDING);
  }

  private static Spans gaps(
      Span whole, List<Loss> losses, @Nullable StateSaid before, List<StateSaid> events) {
    List<StateSaid> all = new ArrayList<>(events);
    if (before != null) {
      all.add(before);
    }
    if (all.isEmpty()) {
      return Spans.NONE;
    }
    String tag = all.getFirst().key().track().tag();
    long[] times = all.stream().mapToLong(said -> said.key().micros()).sorted().toArray();
    List<Span> gaps = new ArrayList<>();
    for (Loss loss : losses) {
      if (loss.mayConcern(tag)) {
        gap(whole, loss, times).ifPresent(gaps::add);
      }
    }
    return Spans.of(gaps);
  }

  private static Optional<Span> gap(Span whole, Loss loss, long[] times) {
    int next = firstAtOrAfter(times, loss.toMicros());
    long from = Math.max(whole.fromMicros(), loss.fromMicros());
    long to = next < times.length ? Math.min(whole.toMicros(), times[next]) : whole.toMicros();
    return from < to ? Optional.of(new Span(from, to)) : Optional.empty();
  }

  private static int firstAtOrAfter(long[] ascending, long micros) {
    int found = Arrays.binarySearch(ascending, micros);
    return found >= 0 ? found : -1 - found;
  }

  private static Track<Known> painted(Track<Known> track, long from, long to, Known known) {
    return from < to ? track.painted(new Span(from, to), known) : track;
  }
}
