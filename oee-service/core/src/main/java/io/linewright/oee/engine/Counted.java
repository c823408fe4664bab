package io.linewright.oee.engine;

import io.linewright.oee.count.CountBasis;
import io.linewright.oee.count.CountEntry;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.count.CountLedger;
import io.linewright.oee.count.CounterRules;
import io.linewright.oee.count.Counting;
import io.linewright.oee.count.Reading;
import io.linewright.oee.count.Readings;
import io.linewright.oee.element.Counts;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What a machine made in its time, and what of it in a part of that time. */
final class Counted {

  private final CountLedger ledger;

  private Counted(CountLedger ledger) {
    this.ledger = ledger;
  }

  static Counted of(MachineInput in) {
    Map<TrackName, Readings> readings = new HashMap<>();
    for (TrackName track : in.history().tracks().keySet()) {
      if (CountKind.of(track.kind()).isPresent()) {
        List<Reading> its = new ArrayList<>();
        for (CountRead read : in.history().counts(track)) {
          its.add(
              new Reading(
                  read.key().micros(), read.key().ordinal(), read.bad() ? null : read.reading()));
        }
        readings.put(track, readings(in.whole(), its));
      }
    }
    return new Counted(CountLedger.of(in.whole(), readings, new Rules(in), in.corrections()));
  }

  /** Of those that the history has, which ascend already. */
  private static Readings readings(Span whole, List<Reading> ascending) {
    int from = 0;
    while (from < ascending.size() && ascending.get(from).micros() < whole.fromMicros()) {
      from++;
    }
    int to = ascending.size();
    while (to > from && ascending.get(to - 1).micros() > whole.toMicros()) {
      to--;
    }
    return new Readings(
        ascending.subList(0, from),
        ascending.subList(from, to),
        ascending.subList(to, ascending.size()));
  }

  CountLedger ledger() {
    return ledger;
  }

  /** How many of each kind in a span. */
  Map<CountKind, Quantity> sums(Span span) {
    Map<CountKind, Quantity> sums = new EnumMap<>(CountKind.class);
    for (CountEntry entry : entries(span)) {
      sums.merge(entry.kind(), entry.quantity(), Quantity::plus);
    }
    return sums;
  }

  /**
   * The quantities of a cell.
   *
   * @param basis what {@link #sums} of it are
   * @param slices of the cell
   * @param starts when the machine was starting
   */
  Counts counts(
      Span span,
      CountBasis basis,
      Set<CountKind> counted,
      List<TimeSlice> slices,
      Spans starts,
      boolean inspected) {
    Quantity startUpReject = Quantity.ZERO;
    for (Span start : starts.within(span).list()) {
      startUpReject = startUpReject.plus(CountBasis.of(counted, sums(start)).reject());
    }
    Quantity unplanned = Quantity.ZERO;
    for (TimeSlice slice : slices) {
      if (slice.category() == TimeCategory.PLANNED_STOP
          || slice.category() == TimeCategory.UNSCHEDULED) {
        unplanned = unplanned.plus(CountBasis.of(counted, sums(slice.span())).produced());
      }
    }
    return new Counts(
        basis.produced(),
        basis.good(),
        basis.reject(),
        basis.rework(),
        startUpReject,
        inspected ? basis.produced() : Quantity.ZERO,
        inspected ? basis.good() : Quantity.ZERO,
        unplanned,
        basis.difference(),
        entries(span).stream().anyMatch(CountEntry::corrected));
  }

  private List<CountEntry> entries(Span span) {
    return ledger
        .entries()
        .subList(
            StartUps.firstAtOrAfter(ledger.entries(), span.fromMicros()),
            StartUps.firstAtOrAfter(ledger.entries(), span.toMicros()));
  }

  /**
   * The rules at each instant; the shortest cycle is looked up once for each time that it holds.
   */
  private static final class Rules implements Counting {

    private final MachineInput in;
    private final TreeMap<Long, OptionalLong> shortest = new TreeMap<>();
    private final List<Piece<MachineRules>> pieces;

    Rules(MachineInput in) {
      this.in = in;
      this.pieces = in.rules().pieces();
      shortest.put(Long.MIN_VALUE, OptionalLong.empty());
      for (IdealCycle cycle : in.cycles().list()) {
        shortest.computeIfAbsent(
            cycle.fromMicros(),
            from ->
                in.cycles()
                    .shortest(in.machine(), from)
                    .map(duration -> OptionalLong.of(duration.toNanos()))
                    .orElse(OptionalLong.empty()));
      }
    }

    @Override
    public CounterRules rules(TrackName counter, long micros) {
      MachineRules rules = pieces.size() == 1 ? pieces.getFirst().value() : in.rulesAt(micros);
      return rules.of(CountKind.of(counter.kind()).orElseThrow());
    }

    @Override
    public OptionalLong idealNanos(long micros) {
      return shortest.floorEntry(micros).getValue();
    }
  }
}
