package io.linewright.oee.app.log;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.log.EventParts.DayLog;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the events of machines. Two readings belong together if they are made in one transaction of
 * isolation REPEATABLE READ, or under the lock of the machine's line.
 */
public final class LogReader {

  /** How many days are looked through at a time for what was told last before a time. */
  private static final int DAYS_AT_ONCE = 16;

  private final EventParts parts;
  private final Tracks tracks;

  LogReader(EventParts parts, Tracks tracks) {
    this.parts = parts;
    this.tracks = tracks;
  }

  /** The events of a machine in a span, its end excluded, ascending by key. */
  public List<MachineEvent> events(int machineId, Span span) {
    List<MachineEvent> events = new ArrayList<>();
    for (int stream = 0; stream < DayLog.STREAMS; stream++) {
      for (EventLog day : days(machineId, stream, span)) {
        day.within(span).forEachRemaining(events::add);
      }
    }
    return sorted(events);
  }

  /** The events of a machine in a span, with what was told before it and after it. */
  public LogWindow around(int machineId, Span span) {
    SortedMap<TrackName, Long> firsts = new TreeMap<>();
    List<MachineEvent> events = events(machineId, span);
    List<Tracks.Track> wanted = new ArrayList<>();
    for (Tracks.Track track : tracks.of(List.of(machineId))) {
      Long first = track.firstMicros();
      if (first != null) {
        firsts.put(track.name(), first);
        wanted.add(track);
      }
    }
    for (TrackKind kind : TrackKind.values()) {
      List<Tracks.Track> its =
          wanted.stream().filter(track -> track.name().kind() == kind).toList();
      if (!its.isEmpty()) {
        before(machineId, kind, its, span, events);
        after(machineId, kind, its, span, events);
      }
    }
    return new LogWindow(span, firsts, sorted(events));
  }

  /**
   * What a machine said by tags of some kinds in a span, and of each tag what it said last before;
   * ascending by key. Of days without such a word nothing is read.
   */
  public List<MachineEvent> said(int machineId, Set<TrackKind> kinds, Span span) {
    List<MachineEvent> events = new ArrayList<>();
    for (TrackKind kind : kinds) {
      List<Tracks.Track> its =
          tracks.of(List.of(machineId)).stream()
              .filter(track -> track.name().kind() == kind && track.firstMicros() != null)
              .toList();
      if (!its.isEmpty()) {
        before(machineId, kind, its, span, events);
      }
    }
    LocalDate first = Times.day(span.fromMicros());
    LocalDate last = Times.day(span.toMicros() - 1);
    for (int stream : kinds.stream().map(EventParts::stream).distinct().toList()) {
      for (EventLog day : parts.days(machineId, stream, bits(kinds), first, last)) {
        day.within(span)
            .forEachRemaining(
                event -> {
                  if (kinds.contains(event.key().track().kind())) {
                    events.add(event);
                  }
                });
      }
    }
    return sorted(events);
  }

  /** On how many days, of all machines together, they said something by tags of some kinds. */
  public long days(Collection<Integer> machineIds, Set<TrackKind> kinds) {
    return parts.countDays(machineIds, bits(kinds));
  }

  private static int bits(Set<TrackKind> kinds) {
    return kinds.stream().mapToInt(kind -> 1 << kind.number()).sum();
  }

  private void before(
      int machineId, TrackKind kind, List<Tracks.Track> its, Span span, List<MachineEvent> found) {
    Map<TrackName, Integer> missing = new HashMap<>();
    for (Tracks.Track track : its) {
      if (track.firstMicros() != null && track.firstMicros() < span.fromMicros()) {
        missing.put(track.name(), isCount(kind) ? 2 : 1);
      }
    }
    LocalDate day = Times.day(span.fromMicros()).plusDays(1);
    while (!missing.isEmpty()) {
      List<LocalDate> earlier = parts.next(machineId, kind, day, false, DAYS_AT_ONCE);
      for (LocalDate one : earlier) {
        List<MachineEvent> events = ofDay(machineId, kind, one);
        Collections.reverse(events);
        take(events, missing, found, event -> event.key().micros() < span.fromMicros());
        if (missing.isEmpty()) {
          return;
        }
      }
      if (earlier.size() < DAYS_AT_ONCE) {
        return;
      }
      day = earlier.getLast();
    }
  }

  private void after(
      int machineId, TrackKind kind, List<Tracks.Track> its, Span span, List<MachineEvent> found) {
    Map<TrackName, Integer> missing = new HashMap<>();
    for (Tracks.Track track : its) {
      LocalDate last = track.lastDay();
      if (last != null && !last.isBefore(Times.day(span.toMicros()))) {
        missing.put(track.name(), 1);
      }
    }
    LocalDate day = Times.day(span.toMicros()).minusDays(1);
    while (!missing.isEmpty()) {
      List<LocalDate> later = parts.next(machineId, kind, day, true, DAYS_AT_ONCE);
      for (LocalDate one : later) {
        take(
            ofDay(machineId, kind, one),
            missing,
            found,
            event -> event.key().micros() >= span.toMicros());
        if (missing.isEmpty()) {
          return;
        }
      }
      if (later.size() < DAYS_AT_ONCE) {
        return;
      }
      day = later.getLast();
    }
  }

  private interface Side {
    boolean has(MachineEvent event);
  }

  private static void take(
      List<MachineEvent> events,
      Map<TrackName, Integer> missing,
      List<MachineEvent> found,
      Side side) {
    for (MachineEvent event : events) {
      TrackName name = event.key().track();
      Integer left = missing.get(name);
      if (left != null && side.has(event)) {
        found.add(event);
        if (usable(event)) {
          missing.compute(name, (same, before) -> left == 1 ? null : left - 1);
        }
      }
    }
  }

  private List<MachineEvent> ofDay(int machineId, TrackKind kind, LocalDate day) {
    List<MachineEvent> events = new ArrayList<>();
    for (EventLog log : parts.days(machineId, EventParts.stream(kind), day, day)) {
      for (MachineEvent event : log) {
        if (event.key().track().kind() == kind) {
          events.add(event);
        }
      }
    }
    return events;
  }

  private List<EventLog> days(int machineId, int stream, Span span) {
    return parts.days(
        machineId, stream, Times.day(span.fromMicros()), Times.day(span.toMicros() - 1));
  }

  /** Whether an event decides about other times than its own. */
  private static boolean usable(MachineEvent event) {
    return switch (event) {
      case StateSaid said -> true;
      case ContextSaid said -> said.value() != null && !said.bad();
      default -> event.usableNumber();
    };
  }

  private static boolean isCount(TrackKind kind) {
    return switch (kind) {
      case GOOD, REJECT, REWORK, TOTAL -> true;
      default -> false;
    };
  }

  private static List<MachineEvent> sorted(List<MachineEvent> events) {
    List<MachineEvent> sorted = new ArrayList<>(events);
    sorted.sort((one, other) -> one.key().compareTo(other.key()));
    return sorted;
  }
}
