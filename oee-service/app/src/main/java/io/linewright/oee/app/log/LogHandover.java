package io.linewright.oee.app.log;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.log.EventParts.DayLog;
import io.linewright.oee.app.loss.DeviceNews;
import io.linewright.oee.app.loss.Losses;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Handover;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What news of the registry mean for logs and results. Events know their machine, not the address
 * under which they came: if an address passes to another machine late, the events since then go to
 * its log.
 */
final class LogHandover implements Handover {

  private final JdbcClient jdbc;
  private final EventParts parts;
  private final LineRows lines;
  private final Marks marks;
  private final Losses losses;
  private final Tracks tracks;

  LogHandover(
      JdbcClient jdbc,
      EventParts parts,
      LineRows lines,
      Marks marks,
      Losses losses,
      Tracks tracks) {
    this.jdbc = jdbc;
    this.parts = parts;
    this.lines = lines;
    this.marks = marks;
    this.losses = losses;
    this.tracks = tracks;
  }

  @Override
  public void passed(Machine from, Machine to, long sinceMicros) {
    lines.lock(List.of(from.lineId(), to.lineId()));
    boolean moved = false;
    for (LocalDate day : parts.daysFrom(from.id(), Times.day(sinceMicros))) {
      moved |= move(from, to, day, sinceMicros);
    }
    if (moved) {
      Span since = new Span(sinceMicros, EventKey.MAX_MICROS);
      marks.add(
          "other-machine",
          List.of(new Marks.Touch(from.id(), since), new Marks.Touch(to.id(), since)));
      jdbc.sql("UPDATE machine SET revision = revision + 1 WHERE machine_id IN (?, ?)")
          .params(from.id(), to.id())
          .update();
    }
  }

  @Override
  public void carriedBy(Machine machine, String gateway) {
    List<Marks.Touch> touched = new ArrayList<>();
    for (Loss loss : losses.toldOf(gateway)) {
      touched.add(new Marks.Touch(machine.id(), DeviceNews.touchedBy(loss)));
    }
    mark(machine, "loss", touched);
  }

  @Override
  public void hasNewTrack(Machine machine) {
    mark(machine, "new-tag", List.of(new Marks.Touch(machine.id(), Marks.ALWAYS)));
  }

  private void mark(Machine machine, String cause, List<Marks.Touch> touched) {
    if (!touched.isEmpty()) {
      lines.lock(List.of(machine.lineId()));
      marks.add(cause, touched);
    }
  }

  private boolean move(Machine from, Machine to, LocalDate day, long sinceMicros) {
    DayLog.Key old = new DayLog.Key(from.id(), day);
    List<MachineEvent> stay = new ArrayList<>();
    List<MachineEvent> go = new ArrayList<>();
    for (MachineEvent event : parts.day(old).events()) {
      (event.key().micros() < sinceMicros ? stay : go).add(event);
    }
    if (go.isEmpty()) {
      return false;
    }
    parts.replace(old, EventLog.of(stay));
    DayLog.Key key = new DayLog.Key(to.id(), day);
    List<MachineEvent> all = new ArrayList<>(go);
    parts.day(key).events().forEach(all::add);
    parts.replace(key, EventLog.of(all));
    for (Tracks.Track track : tracks.of(List.of(from.id()))) {
      List<MachineEvent> its =
          go.stream().filter(event -> event.key().track().equals(track.name())).toList();
      if (!its.isEmpty()) {
        tracks.add(to.id(), track.name(), track.device());
        tracks.seen(to.id(), track.name(), its.getFirst().key().micros(), day);
      }
    }
    return true;
  }
}
