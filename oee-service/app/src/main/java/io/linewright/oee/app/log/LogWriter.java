package io.linewright.oee.app.log;

import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.decode.Decoded.Told;
import io.linewright.oee.app.decode.EventPayload;
import io.linewright.oee.app.log.EventParts.DayLog;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.Heard;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.OeeFact;
import io.linewright.oee.event.OeeFold;
import io.linewright.oee.event.OeeState;
import io.linewright.oee.fold.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the events of one transaction into the logs of their machines, day by day, so that one day
 * has to be in memory besides the cache. The caller has locked the machines' lines.
 */
final class LogWriter {

  /**
   * How a machine stands in the database: {@code computedUntil} in microseconds since the epoch.
   */
  record Row(long revision, long computedUntil) {}

  /** What the events were: new, known, or set aside, of which contradictions are. */
  static final class Outcome {
    long logged;
    long repeated;
    final List<SetAside> refused = new ArrayList<>();
    final Set<Integer> changed = new HashSet<>();
    List<Marks.Touch> touched = List.of();
  }

  private record Merge(DayLog.Key key, int stream, int level, int number) {}

  private final EventParts parts;
  private final LineCache cache;
  private final TrackBook tracks;
  private final EventPayload payload;
  private final int eventsPerDay;

  LogWriter(
      EventParts parts, LineCache cache, TrackBook tracks, EventPayload payload, int eventsPerDay) {
    this.parts = parts;
    this.cache = cache;
    this.tracks = tracks;
    this.payload = payload;
    this.eventsPerDay = eventsPerDay;
  }

  /** Stores events of machines whose rows are these. */
  Outcome write(Map<Machine, List<Told>> told, Map<Integer, Row> rows) {
    Round round = new Round();
    told.forEach(
        (machine, events) -> {
          Row row = rows.get(machine.id());
          if (row == null) {
            throw new IllegalStateException("machine " + machine.id() + " is not locked");
          }
          round.machine(machine, row, events);
        });
    return round.end();
  }

  /** The transaction. */
  private final class Round {

    private final Outcome outcome = new Outcome();
    private final Touches touches = new Touches(parts);
    private final List<EventParts.Part> added = new ArrayList<>();
    private final List<Merge> merges = new ArrayList<>();

    void machine(Machine machine, Row row, List<Told> events) {
      Map<LocalDate, List<Told>> byDay = new TreeMap<>();
      for (Told one : tracks.accept(machine, events, outcome.refused)) {
        byDay.computeIfAbsent(one.event().key().day(), day -> new ArrayList<>()).add(one);
      }
      byDay.forEach((day, its) -> day(machine, row, new DayLog.Key(machine.id(), day), its));
      cache.revision(
          machine.id(), row.revision() + (outcome.changed.contains(machine.id()) ? 1 : 0));
    }

    Outcome end() {
      parts.add(added);
      merges.forEach(
          merge -> parts.merge(merge.key(), merge.stream(), merge.level(), merge.number()));
      List<Marks.Touch> touched = new ArrayList<>(tracks.save());
      touched.addAll(touches.list());
      outcome.touched = touched;
      return outcome;
    }

    private void day(Machine machine, Row row, DayLog.Key key, List<Told> events) {
      DayLog cached = cache.find(key);
      DayLog before = cached == null ? parts.day(key) : cached;
      if (before.events().size() >= eventsPerDay) {
        for (Told one : events) {
          outcome.refused.add(SetAside.whole(one.record(), tooMany(one, before)));
        }
        return;
      }
      Map<MachineEvent, Told> origins = new IdentityHashMap<>();
      Step<OeeState, OeeFact> step = fold(machine, key, before, events, origins);
      EventLog after = log(step.state(), key);
      List<MachineEvent> fresh = new ArrayList<>();
      for (OeeFact fact : step.facts()) {
        switch (fact) {
          case OeeFact.Logged logged -> {
            fresh.add(logged.event());
            outcome.logged++;
          }
          case OeeFact.Repeated repeated -> outcome.repeated++;
          case OeeFact.Contradicted(String of, MachineEvent kept, MachineEvent refused) ->
              contradicted(key, kept, refused, origins);
          case OeeFact.Touched touched ->
              touches.add(key, fresh.getLast(), touched, after, row.computedUntil());
          case OeeFact.StateEntered entered -> {}
        }
      }
      cache.keep(key, fresh.isEmpty() ? before : new DayLog(after, parts(key, before, fresh)));
      if (!fresh.isEmpty()) {
        outcome.changed.add(machine.id());
        tracks.seen(machine.id(), fresh);
      }
    }

    /**
     * Which of the two was new is told by identity: what was stored is made anew when it is read.
     */
    private void contradicted(
        DayLog.Key key, MachineEvent kept, MachineEvent refused, Map<MachineEvent, Told> origins) {
      Told loser = origins.get(refused);
      if (loser != null) {
        outcome.refused.add(SetAside.whole(loser.record(), conflict(loser, kept, refused)));
        return;
      }
      Told winner = origins.get(kept);
      if (winner != null) {
        // It takes the place of one that was counted when it was stored, and is told next.
        outcome.logged--;
        outcome.refused.add(
            new SetAside(
                winner.record(),
                payload.of(key.machineId(), refused),
                conflict(winner, kept, refused) + "; it was stored before",
                1));
      }
    }

    /** Adds parts with the new events of a day; how many there are then. */
    private List<Integer> parts(DayLog.Key key, DayLog before, List<MachineEvent> fresh) {
      List<Integer> counts = new ArrayList<>(before.parts());
      for (int stream = 0; stream < DayLog.STREAMS; stream++) {
        EventLog its = EventParts.ofStream(stream, fresh);
        if (its.size() > 0) {
          int index = stream * DayLog.LEVELS;
          added.add(new EventParts.Part(key, stream, 0, counts.get(index), its));
          counts.set(index, counts.get(index) + 1);
          merge(key, stream, counts);
        }
      }
      return counts;
    }

    private void merge(DayLog.Key key, int stream, List<Integer> counts) {
      for (int level = 0; level + 1 < DayLog.LEVELS; level++) {
        int index = stream * DayLog.LEVELS + level;
        if (counts.get(index) < EventParts.MERGED) {
          return;
        }
        merges.add(new Merge(key, stream, level, counts.get(index + 1)));
        counts.set(index, 0);
        counts.set(index + 1, counts.get(index + 1) + 1);
      }
    }
  }

  private static Step<OeeState, OeeFact> fold(
      Machine machine,
      DayLog.Key key,
      DayLog before,
      List<Told> events,
      Map<MachineEvent, Told> origins) {
    List<Heard> heard = new ArrayList<>(events.size());
    for (Told one : events) {
      origins.put(one.event(), one);
      heard.add(new Heard(name(key), one.event(), one.historical()));
    }
    return OeeFold.steps(
        new OeeState(machine.line(), Map.of(name(key), Map.of(key.day(), before.events()))), heard);
  }

  private static EventLog log(OeeState state, DayLog.Key key) {
    return state.logs().getOrDefault(name(key), Map.of()).getOrDefault(key.day(), EventLog.NONE);
  }

  private static String name(DayLog.Key key) {
    return Integer.toString(key.machineId());
  }

  private String tooMany(Told one, DayLog day) {
    return "too many: %s has %d events on %s; the bound is linewright.oee.log.events-per-day=%d"
        .formatted(
            one.address().machine(), day.events().size(), one.event().key().day(), eventsPerDay);
  }

  private static String conflict(Told one, MachineEvent kept, MachineEvent refused) {
    return "conflict: %s#%s at %s ordinal %d is %s, not %s"
        .formatted(
            one.address().machine(),
            kept.key().track().tag(),
            Rfc3339.format(kept.key().micros()),
            kept.key().ordinal(),
            text(kept),
            text(refused));
  }

  private static String text(MachineEvent event) {
    String value = String.valueOf(event.content());
    String cut = value.length() <= 80 ? value : value.substring(0, 80) + "…";
    return event.status() == 0
        ? cut
        : cut + " with status 0x" + Integer.toHexString(event.status());
  }
}
