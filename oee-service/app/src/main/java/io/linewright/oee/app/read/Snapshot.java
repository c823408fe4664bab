package io.linewright.oee.app.read;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.cell.StoredCell;
import io.linewright.oee.app.cell.StoredForm;
import io.linewright.oee.app.log.LogReader;
import io.linewright.oee.app.log.LogWindow;
import io.linewright.oee.app.loss.Losses;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.element.Cell;
import io.linewright.oee.engine.MachineEngine;
import io.linewright.oee.engine.MachineResult;
import io.linewright.oee.engine.input.MachineHistory;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.masterdata.book.MasterBook;
import io.linewright.oee.order.ContextWord;
import io.linewright.oee.order.InForce;
import io.linewright.oee.order.InForceHistory;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.state.StateTimes;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;

/**
 * All that is known at one moment of the database: whatever is asked of one snapshot fits together.
 * Used by one thread, within the transaction in which it was made.
 */
public final class Snapshot {

  private static final long DAY_MICROS = 86_400_000_000L;

  /** More days of machines than there will ever be; their microseconds fit a long. */
  static final int UNBOUNDED_DAYS = 100_000_000;

  private final LogReader log;
  private final Losses losses;
  private final Knowing knowing;
  private final SaidOf said;
  private final Cells cells;
  private final Marks marks;
  private final MasterBook book;
  private final long mostMicros;
  private long computedMicros;
  private final Map<EquipmentPath, Track<MachineRules>> rules = new HashMap<>();
  private final Map<Integer, Knowledge> knowledge = new HashMap<>();
  private final Map<Integer, List<Span>> marked = new HashMap<>();

  /**
   * @param machineDays most days of machines that are computed from events
   */
  Snapshot(
      LogReader log,
      Losses losses,
      Knowing knowing,
      SaidOf said,
      Cells cells,
      Marks marks,
      MasterBook book,
      int machineDays) {
    this.log = log;
    this.losses = losses;
    this.knowing = knowing;
    this.said = said;
    this.cells = cells;
    this.marks = marks;
    this.book = book;
    this.mostMicros = machineDays * DAY_MICROS;
  }

  /** The master data. */
  public MasterBook book() {
    return book;
  }

  /**
   * What a machine did: cells that divide its time, ascending, in the form of {@link StoredForm}.
   * Those that are kept are taken as they are where nothing that decides about them was marked; all
   * other time is computed from its events, also where there is no cell.
   *
   * @param cuts instants at which cells are cut additionally, in any order
   */
  public List<Cell> cells(Standing standing, Collection<Long> cuts) {
    Span asked = standing.span();
    List<Cell> answer = new ArrayList<>();
    List<Span> kept = new ArrayList<>();
    List<StoredCell> stored = cells.of(standing.machine().id(), standing.path(), asked);
    if (!stored.isEmpty()) {
      Spans old = Spans.of(outdated(standing));
      for (StoredCell one : stored) {
        Span span = one.cell().span();
        if (asked.covers(span)
            && cuts.stream().noneMatch(cut -> span.fromMicros() < cut && cut < span.toMicros())
            && old.within(span).list().isEmpty()) {
          answer.add(one.cell());
          kept.add(span);
        }
      }
    }
    for (Span gap : new Spans(List.of(asked)).minus(Spans.of(kept)).list()) {
      computed(standing.during(gap), cuts).cells().forEach(cell -> answer.add(StoredForm.of(cell)));
    }
    answer.sort(Comparator.comparing(Cell::span));
    return answer;
  }

  /** The time of a machine about which marks decide, as far as it may be in what is asked. */
  private List<Span> outdated(Standing standing) {
    List<Span> outdated = new ArrayList<>();
    for (Span mark :
        marked.computeIfAbsent(
            standing.machine().id(),
            id -> marks.of(List.of(id)).stream().map(Marks.Mark::span).toList())) {
      outdated.add(grown(standing, mark));
    }
    return outdated;
  }

  /**
   * A time of a machine with what changes in it may change around it. Of a long one only the ends
   * that may reach into what is asked are looked at: what decides about its middle lies in it, or
   * reaches over its ends.
   */
  public Span grown(Standing standing, Span mark) {
    Span asked = standing.span();
    Span grown = mark;
    if (mark.fromMicros() > asked.fromMicros()) {
      grown = grown.hull(extent(standing, mark.fromMicros()));
    }
    if (mark.toMicros() < asked.toMicros()) {
      grown = grown.hull(extent(standing, mark.toMicros() - 1));
    }
    return grown;
  }

  private Span extent(Standing standing, long micros) {
    long at =
        Math.clamp(
            micros, MachineInput.ALL_TIME.fromMicros(), MachineInput.ALL_TIME.toMicros() - 1);
    return MachineEngine.extent(new Span(at, at + 1), whole -> input(standing, whole));
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

  /**
   * What a machine worked on, from what it and people said of that alone.
   *
   * @param kinds which of its tags are read: order, product, lot, serial
   */
  public Track<InForce> worked(Standing standing, Set<TrackKind> kinds) {
    Span whole = standing.span();
    List<ContextWord> context = new ArrayList<>();
    List<MachineEvent> events = log.said(standing.machine().id(), kinds, whole);
    for (MachineEvent event : events) {
      if (event instanceof ContextSaid word) {
        EventKey key = word.key();
        context.add(
            new ContextWord(
                key.track(), key.micros(), key.ordinal(), word.bad() ? null : word.value()));
      }
    }
    Said told = said.worked(standing.machine(), whole, orders(events));
    return InForceHistory.of(
        whole,
        context,
        told.runs(),
        told.orders(),
        rules(standing.path()).at(whole.toMicros() - 1).usually());
  }

  /** Who said which order ran. */
  public List<RunWord> runs(Standing standing) {
    return said.worked(standing.machine(), standing.span(), Set.of()).runs();
  }

  /** All that a time of a machine is computed from. */
  public MachineInput input(Standing standing, Span whole) {
    int machine = standing.machine().id();
    LogWindow events = log.around(machine, whole);
    MachineHistory history = MachineHistory.of(whole, events.firsts(), events.events());
    Said told = said.of(standing.machine(), whole, orders(events.events()));
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

  /** The orders that events name. */
  private static Set<String> orders(List<MachineEvent> events) {
    Set<String> orders = new TreeSet<>();
    for (MachineEvent event : events) {
      if (event.key().track().kind() == TrackKind.ORDER
          && event.content() instanceof String name
          && !name.isBlank()) {
        orders.add(name.strip());
      }
    }
    return orders;
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
