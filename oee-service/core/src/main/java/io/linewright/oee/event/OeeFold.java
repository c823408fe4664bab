package io.linewright.oee.event;

import io.linewright.oee.event.EventLog.Added;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.fold.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the set of events of the machines of a line. Late, repeated, shuffled and contradicting
 * events cannot matter: whatever the order, the same events give the same state. It never throws
 * for an event, whatever the machine told.
 */
public final class OeeFold {

  private OeeFold() {}

  /** Hears one event; its day should be loaded, see {@link OeeState#missing}. */
  public static Step<OeeState, OeeFact> step(OeeState state, Heard heard) {
    return steps(state, List.of(heard));
  }

  /** Hears events one after the other; the same as {@link #step} on each, and faster. */
  public static Step<OeeState, OeeFact> steps(OeeState state, List<Heard> heard) {
    Map<String, TreeMap<LocalDate, EventLog>> changed = new HashMap<>();
    List<OeeFact> facts = new ArrayList<>(2 * heard.size());
    for (Heard one : heard) {
      hear(
          changed.computeIfAbsent(
              one.machine(),
              machine -> new TreeMap<>(state.logs().getOrDefault(machine, Map.of()))),
          one,
          facts);
    }
    Map<String, Map<LocalDate, EventLog>> logs = new HashMap<>(state.logs());
    logs.putAll(changed);
    return new Step<>(new OeeState(state.line(), logs), facts);
  }

  private static void hear(TreeMap<LocalDate, EventLog> days, Heard heard, List<OeeFact> facts) {
    String machine = heard.machine();
    MachineEvent event = heard.event();
    LocalDate day = event.key().day();
    Added added = days.getOrDefault(day, EventLog.NONE).with(event);
    days.put(day, added.log());
    switch (added) {
      case Added.Inserted inserted -> changed(days, heard, inserted.log(), facts);
      case Added.Repeat repeat -> facts.add(new OeeFact.Repeated(machine, event.key()));
      case Added.Contradiction(EventLog log, MachineEvent kept, MachineEvent refused) -> {
        facts.add(new OeeFact.Contradicted(machine, kept, refused));
        if (kept == event) {
          changed(days, heard, log, facts);
        }
      }
    }
  }

  private static void changed(
      TreeMap<LocalDate, EventLog> days, Heard heard, EventLog log, List<OeeFact> facts) {
    facts.add(new OeeFact.Logged(heard.machine(), heard.event()));
    facts.add(OeeFact.Touched.of(heard.machine(), heard.event(), List.of(log)));
    if (heard.event() instanceof StateSaid now && !heard.historical() && isLatest(days, now)) {
      StateSaid before = before(days, now);
      if (before == null || !before.known().equals(now.known())) {
        facts.add(new OeeFact.StateEntered(heard.machine(), now, before));
      }
    }
  }

  private static boolean isLatest(TreeMap<LocalDate, EventLog> days, StateSaid now) {
    return days.tailMap(now.key().day()).values().stream()
        .allMatch(log -> log.after(now.key()) == null);
  }

  private static @Nullable StateSaid before(TreeMap<LocalDate, EventLog> days, StateSaid now) {
    for (EventLog log : days.headMap(now.key().day(), true).descendingMap().values()) {
      if (log.before(now.key()) instanceof StateSaid before) {
        return before;
      }
    }
    return null;
  }
}
