package io.linewright.oee.app.log;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.log.EventParts.DayLog;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.OeeFact.Touched;
import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What of the time that was computed the events of one transaction change, as one span of each
 * machine and day. What they change beyond their day is asked of the days around it.
 */
final class Touches {

  /** Most days with events of a kind that are searched for the next one of a track. */
  private static final int MAX_DAYS = 64;

  private record Day(int machineId, int stream, LocalDate day) {}

  private final EventParts parts;
  private final Map<DayLog.Key, Span> spans = new HashMap<>();
  private final Map<Day, EventLog> around = new HashMap<>();

  Touches(EventParts parts) {
    this.parts = parts;
  }

  /**
   * An event has changed the log of a machine.
   *
   * @param touched what it changes as far as its day tells
   * @param day the events of its day
   * @param computedUntil up to where results of the machine were computed
   */
  void add(DayLog.Key key, MachineEvent event, Touched touched, EventLog day, long computedUntil) {
    if (touched.fromMicros().orElse(EventKey.MIN_MICROS) >= computedUntil) {
      return;
    }
    long from = touched.fromMicros().orElseGet(() -> before(key, event, day));
    long to = touched.toMicros().orElseGet(() -> after(key, event, day, computedUntil));
    spans.merge(key, new Span(Math.min(from, to - 1), to), Span::hull);
  }

  /** All of it. */
  List<Marks.Touch> list() {
    return spans.entrySet().stream()
        .map(entry -> new Marks.Touch(entry.getKey().machineId(), entry.getValue()))
        .toList();
  }

  private long before(DayLog.Key key, MachineEvent event, EventLog day) {
    List<EventLog> logs = new ArrayList<>(List.of(day));
    List<LocalDate> days = next(key, event, false);
    for (LocalDate earlier : days) {
      logs.addFirst(load(key, event, earlier));
      OptionalLong from = Touched.of(name(key), event, logs).fromMicros();
      if (from.isPresent()) {
        return from.getAsLong();
      }
    }
    return days.size() < MAX_DAYS ? event.key().micros() : EventKey.MIN_MICROS;
  }

  private long after(DayLog.Key key, MachineEvent event, EventLog day, long computedUntil) {
    List<EventLog> logs = new ArrayList<>(List.of(day));
    for (LocalDate later : next(key, event, true)) {
      if (Times.begin(later) >= computedUntil) {
        break;
      }
      logs.add(load(key, event, later));
      OptionalLong to = Touched.of(name(key), event, logs).toMicros();
      if (to.isPresent()) {
        return to.getAsLong();
      }
    }
    return EventKey.MAX_MICROS;
  }

  private List<LocalDate> next(DayLog.Key key, MachineEvent event, boolean forward) {
    return parts.next(key.machineId(), event.key().track().kind(), key.day(), forward, MAX_DAYS);
  }

  private EventLog load(DayLog.Key key, MachineEvent event, LocalDate day) {
    int stream = EventParts.stream(event.key().track().kind());
    return around.computeIfAbsent(
        new Day(key.machineId(), stream, day),
        one -> EventParts.union(parts.days(one.machineId(), stream, day, day)));
  }

  private static String name(DayLog.Key key) {
    return Integer.toString(key.machineId());
  }
}
