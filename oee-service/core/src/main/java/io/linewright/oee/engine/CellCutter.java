package io.linewright.oee.engine;

import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.element.CellKey;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.InForce;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts time into cells: where plant day, shift, order, product or lot change, where rules and ideal
 * cycles do, and where somebody asks for it.
 */
final class CellCutter {

  private CellCutter() {}

  static List<Piece<CellKey>> cells(
      MachineInput in, Timeline timeline, Span window, Collection<Long> cuts) {
    Track<CellKey> keys =
        in.calendar()
            .within(window)
            .map(piece -> new Day(piece.plantDay(), shift(piece)))
            .with(timeline.inForce().within(window), (day, now) -> key(in, day, now));
    TreeSet<Long> bounds = new TreeSet<>(cuts);
    in.rules().within(window).pieces().forEach(piece -> bounds.add(piece.span().fromMicros()));
    for (IdealCycle cycle : in.cycles().list()) {
      if (cycle.at().contains(in.machine())) {
        bounds.add(cycle.fromMicros());
      }
    }
    List<Piece<CellKey>> cells = new ArrayList<>();
    for (Piece<CellKey> piece : keys.pieces()) {
      long from = piece.span().fromMicros();
      for (long cut : bounds.subSet(from, false, piece.span().toMicros(), false)) {
        cells.add(new Piece<>(new Span(from, cut), piece.value()));
        from = cut;
      }
      cells.add(new Piece<>(new Span(from, piece.span().toMicros()), piece.value()));
    }
    return cells;
  }

  private record Day(LocalDate plantDay, @Nullable String shift) {}

  private static @Nullable String shift(CalendarPiece piece) {
    return piece.shift() == null ? null : piece.shift().name();
  }

  private static CellKey key(MachineInput in, Day day, InForce now) {
    return new CellKey(
        in.machine(), day.plantDay, day.shift, now.order(), now.product(), now.lot());
  }
}
