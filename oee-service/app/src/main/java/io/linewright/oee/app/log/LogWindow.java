package io.linewright.oee.app.log;

import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.time.Span;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The events of a machine that a span of time needs.
 *
 * @param whole the span
 * @param firsts of each track of the machine with events, when the first of them was, microseconds
 *     since the epoch; also of tracks without events in the span
 * @param events those in it, and at least of each track the last usable one before it, of counters
 *     two, and the first usable one at or after its end; ascending by key
 */
public record LogWindow(Span whole, SortedMap<TrackName, Long> firsts, List<MachineEvent> events) {

  public LogWindow {
    firsts = Collections.unmodifiableSortedMap(new TreeMap<>(firsts));
    events = List.copyOf(events);
  }
}
