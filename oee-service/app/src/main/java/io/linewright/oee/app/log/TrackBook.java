package io.linewright.oee.app.log;

import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.decode.Decoded.Told;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Handover;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.engine.input.MachineHistory;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows the tracks of machines and from when to when there are events of each, so that the table is
 * asked and written only when one is new, or a day is. Used by one thread.
 */
final class TrackBook {

  private record Key(int machineId, TrackName name) {}

  /** First event and last day. */
  private record Seen(long firstMicros, LocalDate lastDay) {}

  private final Tracks tracks;
  private final Handover handover;
  private final Map<Integer, Map<TrackName, Key>> known = new HashMap<>();
  private final Map<Key, Seen> seen = new HashMap<>();
  private final Map<Key, Seen> changed = new HashMap<>();
  private final List<Marks.Touch> begun = new ArrayList<>();

  TrackBook(Tracks tracks, Handover handover) {
    this.tracks = tracks;
    this.handover = handover;
  }

  /** The events whose tracks are or become known; the others are set aside. */
  List<Told> accept(Machine machine, List<Told> events, List<SetAside> refused) {
    List<Told> accepted = new ArrayList<>(events.size());
    for (Told one : events) {
      if (key(machine.id(), one.event().key().track()) != null || begin(machine, one)) {
        accepted.add(one);
      } else {
        refused.add(
            SetAside.whole(
                one.record(),
                "too many: %s tells by %d tags already"
                    .formatted(one.address().machine(), Tracks.MAX_TRACKS)));
      }
    }
    return accepted;
  }

  /** Events of accepted tracks were stored. */
  void seen(int machineId, List<MachineEvent> events) {
    for (MachineEvent event : events) {
      Key key = key(machineId, event.key().track());
      if (key == null) {
        continue;
      }
      long micros = event.key().micros();
      Seen before = seen.get(key);
      if (before == null
          || micros < before.firstMicros()
          || micros >= Times.begin(before.lastDay().plusDays(1))) {
        if (before == null || micros < before.firstMicros()) {
          begins(machineId, micros, before == null ? EventKey.MAX_MICROS : before.firstMicros());
        }
        LocalDate day = event.key().day();
        Seen now =
            before == null
                ? new Seen(micros, day)
                : new Seen(
                    Math.min(micros, before.firstMicros()),
                    day.isAfter(before.lastDay()) ? day : before.lastDay());
        seen.put(key, now);
        changed.put(key, now);
      }
    }
  }

  /** That a machine has a tag decides about its time from some time before it told anything. */
  private void begins(int machineId, long first, long before) {
    long from = Math.max(EventKey.MIN_MICROS, first - MachineHistory.BEGINS_MICROS);
    begun.add(new Marks.Touch(machineId, new Span(from, Math.max(from + 1, before))));
  }

  /** Writes what has changed; the time that tags which began earlier, or at all, decide about. */
  List<Marks.Touch> save() {
    changed.forEach(
        (key, now) -> tracks.seen(key.machineId(), key.name(), now.firstMicros(), now.lastDay()));
    changed.clear();
    List<Marks.Touch> touched = List.copyOf(begun);
    begun.clear();
    return touched;
  }

  /** Forgets everything. */
  void clear() {
    known.clear();
    seen.clear();
    changed.clear();
    begun.clear();
  }

  private @Nullable Key key(int machineId, TrackName name) {
    Map<TrackName, Key> its = known.get(machineId);
    return (its == null ? load(machineId) : its).get(name);
  }

  private boolean begin(Machine machine, Told one) {
    TrackName name = one.event().key().track();
    if (tracks.add(machine.id(), name, one.device())) {
      handover.hasNewTrack(machine);
    }
    return load(machine.id()).containsKey(name);
  }

  private Map<TrackName, Key> load(int machineId) {
    Map<TrackName, Key> its = new HashMap<>();
    for (Tracks.Track track : tracks.of(List.of(machineId))) {
      Key key = new Key(machineId, track.name());
      its.put(track.name(), key);
      if (track.firstMicros() != null && track.lastDay() != null) {
        seen.putIfAbsent(key, new Seen(track.firstMicros(), track.lastDay()));
      }
    }
    known.put(machineId, its);
    return its;
  }
}
