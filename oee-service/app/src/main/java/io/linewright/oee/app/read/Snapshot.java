package io.linewright.oee.app.read;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.log.LogReader;
import io.linewright.oee.app.log.LogWindow;
import io.linewright.oee.app.loss.Losses;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.element.Cell;
import io.linewright.oee.engine.MachineEngine;
import io.linewright.oee.engine.MachineHistory;
import io.linewright.oee.engine.MachineInput;
import io.linewright.oee.engine.MachineResult;
import io.linewright.oee.engine.MachineRules;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.masterdata.book.MasterBook;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.state.StateTimes;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * All that is known at one moment of the database: whatever is asked of one snapshot fits together.
 * Used by one thread, within the transaction in which it was made.
 */
public final class Snapshot {

  private static final long DAY_MICROS = 86_400_000_000L;

  private final LogReader log;
  private final Losses losses;
  private final Knowing knowing;
  private final SaidOf said;
  private final MasterBook book;
  private final long mostMicros;
  private long computedMicros;
  private final Map<EquipmentPath, Track<MachineRules>> rules = new HashMap<>();
  private final Map<Integer, Knowledge> knowledge = new HashMap<>();

  /**
   * @param machineDays most days of machines that are computed from events
   */
  Snapshot(
      LogReader log,
      Losses losses,
      Knowing knowing,
      SaidOf said,
      MasterBook book,
      int machineDays) {
    this.log = log;
    this.losses = losses;
    this.knowing = knowing;
    this.said = said;
    this.book = book;
    this.mostMicros = machineDays * DAY_MICROS;
  }

  /** The master data. */
  public MasterBook book() {
    return book;
  }

  /** What a machine did, from its events. */
  public MachineResult computed(Standing standing, Collection<Long> cuts) {
    computedMicros += standing.span().micros();
    if (computedMicros > mostMicros) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST,
          "too-much-to-compute",
          "This would compute more than %d days of machines from their events; ask for less time"
                  .formatted(mostMicros / DAY_MICROS)
              + " or fewer machines");
    }
    return MachineEngine.compute(standing.span(), cuts, whole -> input(standing, whole));
  }

  /** The cells of a machine's time, cut additionally at these instants; they divide it. */
  public List<Cell> cells(Standing standing, Collection<Long> cuts) {
    return computed(standing, cuts).cells();
  }

  /**
   * How long a machine was in each of its states.
   *
   * @param tag which tag tells the state
   */
  public StateTimes.Answer stateTimes(Standing standing, String tag) {
    return MachineEngine.stateTimes(standing.span(), tag, whole -> input(standing, whole));
  }

  /** The tag that tells a machine's state at the end of a time; empty if none has yet. */
  public Optional<String> stateTag(Standing standing) {
    return MachineEngine.stateTag(standing.span(), whole -> input(standing, whole));
  }

  /** What is planned at equipment. */
  public Track<CalendarPiece> calendar(EquipmentPath path, Span whole) {
    return CalendarTimes.over(calendars(path, whole), book.plannedOf(path));
  }

  /** Which calendar equipment has. */
  public Track<WorkCalendar> calendars(EquipmentPath path, Span whole) {
    return book.calendarOf(path, whole);
  }

  /** How a machine is understood, of all time. */
  public Track<MachineRules> rules(EquipmentPath path) {
    return rules.computeIfAbsent(path, book::rulesOf);
  }

  /** How far it is known what a machine told. */
  public Knowledge knowledge(Standing standing) {
    return knowledge.computeIfAbsent(
        standing.machine().id(), id -> knowing.of(id, rules(standing.path())));
  }

  /** All that a time of a machine is computed from. */
  public MachineInput input(Standing standing, Span whole) {
    int machine = standing.machine().id();
    LogWindow events = log.around(machine, whole);
    MachineHistory history = MachineHistory.of(whole, events.firsts(), events.events());
    Said told = said.of(standing.machine(), whole);
    return new MachineInput(
        standing.path(),
        history,
        losses.of(machine, new Span(lastStateBefore(whole, events), whole.toMicros())),
        calendar(standing.path(), whole),
        rules(standing.path()),
        book.cyclesOf(standing.path()),
        book.products(),
        told.orders(),
        told.runs(),
        told.words(),
        told.corrections(),
        knowledge(standing));
  }

  /** A loss before the time may go on in it, if no state was told since. */
  private static long lastStateBefore(Span whole, LogWindow events) {
    long earliest = whole.fromMicros();
    for (MachineEvent event : events.events()) {
      if (event instanceof StateSaid) {
        earliest = Math.min(earliest, event.key().micros());
      }
    }
    return earliest;
  }
}
