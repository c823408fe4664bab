package io.linewright.oee.engine;

import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.element.Cell;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.EventPacking;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.InForce;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.state.Known;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Hashes what decides about a cell, and nothing else: not the window that it was computed in. */
final class CellInputs {

  private final MachineInput in;
  private final Timeline timeline;
  private final Map<MachineRules, String> rules = new HashMap<>();
  private final List<Span> deciding;
  private @Nullable Track<Known> known;

  CellInputs(MachineInput in, Timeline timeline) {
    this.in = in;
    this.timeline = timeline;
    this.deciding = MachineExtent.deciding(timeline, in);
  }

  InputHash hash(Cell cell) {
    Span extent = MachineExtent.of(cell.span(), timeline, in, deciding);
    List<Object> parts = new ArrayList<>();
    parts.add(MachineEngine.VERSION);
    parts.add(cell.key());
    parts.add(cell.span());
    parts.add(
        known().within(extent).pieces().stream()
            .map(piece -> List.of(piece.span(), piece.value()))
            .toList());
    parts.add(calendar(extent));
    parts.add(
        in.rules().within(extent).pieces().stream()
            .map(
                piece ->
                    List.of(piece.span(), rules.computeIfAbsent(piece.value(), Canonical::text)))
            .toList());
    addTracks(cell.span(), extent, parts);
    addCycles(cell, extent, parts);
    addOrders(cell, extent, parts);
    addWords(extent, parts);
    parts.add(
        in.corrections().stream()
            .filter(correction -> cell.span().contains(correction.micros()))
            .sorted(Comparator.comparingLong(CountCorrection::version))
            .toList());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Canonical.text(parts).getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(EventPacking.pack(events(extent)));
    return InputHash.of(bytes.toByteArray());
  }

  /** What was told at all; of all of the time, since many cells ask. */
  private Track<Known> known() {
    Track<Known> all = known;
    if (all == null) {
      all = StateTrack.of(in).map(StateTrack::known);
      known = all;
    }
    return all;
  }

  private EventLog events(Span extent) {
    List<MachineEvent> events = new ArrayList<>();
    in.history().within(extent).tracks().values().forEach(events::addAll);
    return EventLog.of(events);
  }

  /** What is planned; which shift and day it is only matters in the cell, where its key tells. */
  private List<Object> calendar(Span extent) {
    List<Object> pieces = new ArrayList<>();
    for (Piece<List<Object>> piece : in.calendar().within(extent).map(CellInputs::plan).pieces()) {
      pieces.add(List.of(piece.span(), piece.value()));
    }
    return pieces;
  }

  private static List<Object> plan(CalendarPiece piece) {
    return List.of(piece.kind(), Objects.requireNonNullElse(piece.reason(), ""));
  }

  /** Which tags there were, and since when those with a state, if that is in the extent. */
  private void addTracks(Span cell, Span extent, List<Object> parts) {
    in.history()
        .firsts()
        .forEach(
            (track, first) -> {
              if (first < cell.toMicros() + CellElements.BEGINS_MICROS) {
                parts.add(track);
                if (track.kind() == TrackKind.STATE) {
                  parts.add(Math.clamp(first, extent.fromMicros(), extent.toMicros()));
                }
              }
            });
  }

  private void addCycles(Cell cell, Span extent, List<Object> parts) {
    parts.add(
        in.cycles()
            .of(in.machine(), cell.key().product(), cell.span().fromMicros())
            .map(IdealCycle::cycle));
    Set<Long> changes = new TreeSet<>(Set.of(extent.fromMicros()));
    for (IdealCycle cycle : in.cycles().list()) {
      if (extent.contains(cycle.fromMicros())) {
        changes.add(cycle.fromMicros());
      }
    }
    Duration last = Duration.ZERO;
    for (long change : changes) {
      Duration shortest = in.cycles().shortest(in.machine(), change).orElse(Duration.ZERO);
      if (!shortest.equals(last)) {
        parts.add(List.of(change, shortest));
        last = shortest;
      }
    }
  }

  private void addOrders(Cell cell, Span extent, List<Object> parts) {
    String product = cell.key().product();
    if (product != null && in.products().get(product) != null) {
      parts.add(in.products().get(product).plannedScrapRatio());
    }
    Set<String> orders = new TreeSet<>();
    for (Piece<InForce> piece : timeline.inForce().within(extent).pieces()) {
      if (piece.value().order() != null) {
        orders.add(piece.value().order());
      }
    }
    for (String id : orders) {
      if (in.orders().get(id) != null) {
        parts.add(Canonical.text(in.orders().get(id).plannedScrap()));
        parts.add(in.orders().get(id).quantity());
      }
    }
    parts.add(
        in.runs().stream()
            .filter(run -> run.span().overlaps(extent))
            .sorted(Comparator.comparingLong(RunWord::version))
            .toList());
  }

  private void addWords(Span extent, List<Object> parts) {
    Set<Long> versions = new HashSet<>();
    List<StopWord> words = new ArrayList<>();
    for (StopWord word : in.words()) {
      if (!(word instanceof StopWord.Withdrawn) && word.said().span().overlaps(extent)) {
        words.add(word);
        versions.add(word.said().version());
      }
    }
    for (StopWord word : in.words()) {
      if (word instanceof StopWord.Withdrawn back && versions.contains(back.word())) {
        words.add(word);
      }
    }
    words.sort(Comparator.comparingLong(word -> word.said().version()));
    parts.add(words);
  }
}
