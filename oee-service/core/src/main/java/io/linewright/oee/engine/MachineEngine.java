package io.linewright.oee.engine;

import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.count.CountLedger;
import io.linewright.oee.downtime.Episodes;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.downtime.Stops;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.CellKey;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineSource;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.slice.Partition;
import io.linewright.oee.state.DataGaps;
import io.linewright.oee.state.StateTimes;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Computes what a machine did in a time. What it says of a time is the same whatever larger time is
 * asked: that is why only what a late event touches needs to be computed again.
 */
public final class MachineEngine {

  /** Rises whenever the same input gives another result. */
  public static final int VERSION = 1;

  /**
   * How much before and after a time is asked for at first, µs: most stops are shorter, and it is
   * enough to see that a gap in the data is too long for a failure to go on after it.
   */
  private static final long MARGIN_MICROS = MachineExtent.SAME_FAILURE_MICROS + 1_000_000;

  private MachineEngine() {}

  /**
   * What a machine did.
   *
   * @param window the time that is asked for, within {@link MachineInput#ALL_TIME}
   * @param cuts instants at which cells are cut additionally, in any order
   * @param source asked for the window and some time around it, and for more as long as stops or
   *     words reach beyond that
   */
  public static MachineResult compute(Span window, Collection<Long> cuts, MachineSource source) {
    long before = MARGIN_MICROS;
    long after = MARGIN_MICROS;
    while (true) {
      Span whole = widened(window, before, after);
      MachineInput in = source.of(whole);
      Timeline timeline = Classifier.timeline(in);
      MachineExtent extents = new MachineExtent(timeline, in);
      Span extent = extents.of(window);
      boolean openBefore =
          extent.fromMicros() <= whole.fromMicros()
              && whole.fromMicros() > MachineInput.ALL_TIME.fromMicros();
      boolean openAfter =
          extent.toMicros() >= whole.toMicros()
              && whole.toMicros() < MachineInput.ALL_TIME.toMicros();
      if (!openBefore && !openAfter) {
        return result(window, cuts, in, timeline, extents);
      }
      before = openBefore ? longer(before) : before;
      after = openAfter ? longer(after) : after;
    }
  }

  /**
   * How long a machine was in each of its states, and how often it changed, by one of its tags:
   * what it told, whatever calendar and people say.
   *
   * @param tag name of a tag that tells a state
   */
  public static StateTimes.Answer stateTimes(Span window, String tag, MachineSource source) {
    MachineInput in = source.of(window);
    List<StateSaid> events = in.history().states(tag);
    StateSaid before = in.history().stateBefore(tag);
    return StateTimes.of(
        window,
        before,
        events,
        in.rulesAt(window.fromMicros()).states(),
        DataGaps.of(window, in.losses(), before, events, in.knowledge()),
        in.calendar().map(piece -> piece.kind() == CalendarPiece.Kind.OPEN));
  }

  /** The tag that tells the state at the end of a time, by the rules; empty if none has yet. */
  public static Optional<String> stateTag(Span window, MachineSource source) {
    return StateTrack.tags(source.of(window)).at(window.toMicros() - 1);
  }

  /**
   * The time that decides about a time, and about which it decides; the source is asked for it. A
   * change in a time changes no cell beyond its extent, and no {@link MachineResult#inputs} beyond
   * the extent of its extent.
   */
  public static Span extent(Span asked, MachineSource source) {
    return compute(asked, List.of(), source).extent();
  }

  private static MachineResult result(
      Span window,
      Collection<Long> cuts,
      MachineInput in,
      Timeline timeline,
      MachineExtent extents) {
    Counted counted = Counted.of(in);
    CellElements elements = new CellElements(in, timeline, counted);
    List<Cell> cells = new ArrayList<>();
    for (Piece<CellKey> piece : CellCutter.cells(in, timeline, window, cuts)) {
      cells.add(elements.cell(piece.value(), piece.span()));
    }
    List<Stop> stops =
        Stops.of(in.machine().toString(), timeline.slices(), in.words()).stream()
            .filter(stop -> stop.span().overlaps(window))
            .toList();
    CountLedger ledger = counted.ledger().within(window);
    return new MachineResult(
        window,
        cells,
        Partition.within(timeline.slices(), window),
        stops,
        ledger.facts(),
        timeline.inForce().within(window),
        settled(window, in, timeline),
        extents.of(window),
        new CellInputs(in, timeline, extents)::hash);
  }

  private static long settled(Span window, MachineInput in, Timeline timeline) {
    long known = Math.max(in.knowledge().knownUntil(), in.knowledge().decidedUntil());
    // Also one that is so short so far that it counts as production: it may still grow.
    OptionalLong open = Episodes.openSince(timeline.explained(), known);
    return Math.min(window.toMicros(), open.orElse(known));
  }

  private static Span widened(Span window, long before, long after) {
    return new Span(
        Math.max(MachineInput.ALL_TIME.fromMicros(), window.fromMicros() - before),
        Math.min(MachineInput.ALL_TIME.toMicros(), window.toMicros() + after));
  }

  private static long longer(long margin) {
    // No overflow: all time is shorter than a sixteenth of what a long holds.
    return Math.min(8 * margin, MachineInput.ALL_TIME.micros());
  }
}
