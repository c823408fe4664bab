package io.linewright.oee.engine.input;

import io.linewright.oee.count.CountKind;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.EnergyRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events that a machine's time needs. Of each track these are those in it, and some around it:
 * the last state and the last word of each other kind before it, two usable readings of each
 * counter before it and one after it, one of each meter before and after it.
 *
 * @param whole the time
 * @param firsts of each track that the machine has ever told anything by, when it did so first,
 *     microseconds since 1970-01-01T00:00:00Z; also of tracks without events in that time
 * @param tracks the events of each track, ascending by key
 */
public record MachineHistory(
    Span whole,
    SortedMap<TrackName, Long> firsts,
    SortedMap<TrackName, List<MachineEvent>> tracks) {

  /**
   * A tag that begins to tell within a day after a time, µs, is taken for one that the machine had
   * already: the tags of a machine that is new do not begin in one instant, and its first day is
   * not to lack what came a second later.
   */
  public static final long BEGINS_MICROS = 86_400_000_000L;

  /** A machine that never told anything. */
  public static MachineHistory none(Span whole) {
    return new MachineHistory(whole, new TreeMap<>(), new TreeMap<>());
  }

  public MachineHistory {
    firsts = Collections.unmodifiableSortedMap(new TreeMap<>(firsts));
    TreeMap<TrackName, List<MachineEvent>> copy = new TreeMap<>();
    tracks.forEach((track, events) -> copy.put(track, List.copyOf(events)));
    tracks = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Of events at least those that the time needs.
   *
   * @param firsts of each track when it told something first; one that is missing, or has an event
   *     before that, began with its first event
   * @param events ascending by key, each key once, as logs have them
   */
  public static MachineHistory of(
      Span whole, Map<TrackName, Long> firsts, Iterable<? extends MachineEvent> events) {
    Map<TrackName, List<MachineEvent>> all = new HashMap<>();
    for (MachineEvent event : events) {
      all.computeIfAbsent(event.key().track(), track -> new ArrayList<>()).add(event);
    }
    TreeMap<TrackName, Long> begun = new TreeMap<>(firsts);
    TreeMap<TrackName, List<MachineEvent>> needed = new TreeMap<>();
    all.forEach(
        (track, its) -> {
          begun.merge(track, its.getFirst().key().micros(), Math::min);
          needed.put(track, needed(whole, track.kind(), its));
        });
    return new MachineHistory(whole, begun, needed);
  }

  /**
   * What a part of the time needs: the same whatever larger time it is taken from.
   *
   * @throws IllegalArgumentException if the part is not all in the whole
   */
  public MachineHistory within(Span part) {
    if (!whole.covers(part)) {
      throw new IllegalArgumentException(part + " is not all in the history of " + whole);
    }
    TreeMap<TrackName, List<MachineEvent>> needed = new TreeMap<>();
    tracks.forEach((track, its) -> needed.put(track, needed(part, track.kind(), its)));
    return new MachineHistory(part, firsts, needed);
  }

  /** When the machine told anything first; empty if never. */
  public OptionalLong begun() {
    return firsts.values().stream().mapToLong(Long::longValue).min();
  }

  /** What a tag told about the state, ascending, with the last word before the whole. */
  public List<StateSaid> states(String tag) {
    return of(new TrackName(TrackKind.STATE, tag), StateSaid.class);
  }

  /** The last word about the state before the whole; null if there is none. */
  public @Nullable StateSaid stateBefore(String tag) {
    List<StateSaid> states = states(tag);
    return states.isEmpty() || states.getFirst().key().micros() >= whole.fromMicros()
        ? null
        : states.getFirst();
  }

  /** What a counter read, ascending. */
  public List<CountRead> counts(TrackName track) {
    return of(track, CountRead.class);
  }

  /** What a tag said, ascending. */
  public List<ContextSaid> contexts(TrackName track) {
    return of(track, ContextSaid.class);
  }

  /** What a meter read, ascending. */
  public List<EnergyRead> energies(TrackName track) {
    return of(track, EnergyRead.class);
  }

  private <E extends MachineEvent> List<E> of(TrackName track, Class<E> type) {
    return tracks.getOrDefault(track, List.of()).stream().map(type::cast).toList();
  }

  /**
   * How many events of a track that {@link MachineEvent#says say} something before a time decide
   * about it; 1 or 2.
   */
  public static int before(TrackKind kind) {
    return isCount(kind) ? 2 : 1;
  }

  /**
   * How many events of a track that {@link MachineEvent#says say} something after a time decide
   * about it; 0 or 1.
   */
  public static int after(TrackKind kind) {
    return isCount(kind) || isEnergy(kind) ? 1 : 0;
  }

  /** Of the events of a track, ascending, those that a time needs. */
  public static List<MachineEvent> needed(
      Span span, TrackKind kind, List<? extends MachineEvent> ascending) {
    // What is told at the end of a time holds from then on; what is read there was counted in it.
    long end = after(kind) == 0 ? span.toMicros() : span.toMicros() + 1;
    int from = firstAtOrAfter(ascending, span.fromMicros());
    int to = firstAtOrAfter(ascending, end);
    List<MachineEvent> needed = new ArrayList<>(to - from + 2);
    int missing = before(kind);
    for (int i = from - 1; i >= 0 && missing > 0; i--) {
      if (ascending.get(i).says()) {
        needed.addFirst(ascending.get(i));
        missing--;
      }
    }
    needed.addAll(ascending.subList(from, to));
    missing = after(kind);
    for (int i = to; i < ascending.size() && missing > 0; i++) {
      if (ascending.get(i).says()) {
        needed.add(ascending.get(i));
        missing--;
      }
    }
    return needed;
  }

  private static int firstAtOrAfter(List<? extends MachineEvent> ascending, long micros) {
    int low = 0;
    int high = ascending.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending.get(middle).key().micros() < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isCount(TrackKind kind) {
    return CountKind.of(kind).isPresent();
  }

  private static boolean isEnergy(TrackKind kind) {
    return kind == TrackKind.ENERGY || kind == TrackKind.POWER;
  }
}
