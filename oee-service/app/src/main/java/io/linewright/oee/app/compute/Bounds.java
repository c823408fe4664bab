package io.linewright.oee.app.compute;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.engine.MachineInput;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where the calendar of a machine begins and ends cells: with plant days and with shifts. */
final class Bounds {

  static final long DAY = 86_400_000_000L;

  /** Longer than any plant day. */
  private static final long AROUND = 4 * DAY;

  private final Snapshot snapshot;

  Bounds(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The whole plant days that a span is in. */
  Span days(EquipmentPath path, Span span) {
    Span around = clamped(span.fromMicros() - AROUND, span.toMicros() + AROUND);
    long from = around.fromMicros();
    long to = around.toMicros();
    CalendarPiece before = null;
    for (Piece<CalendarPiece> piece : snapshot.calendar(path, around).pieces()) {
      if (before != null && !before.plantDay().equals(piece.value().plantDay())) {
        long bound = piece.span().fromMicros();
        if (bound <= span.fromMicros()) {
          from = bound;
        } else if (bound >= span.toMicros()) {
          to = bound;
          break;
        }
      }
      before = piece.value();
    }
    return new Span(from, to);
  }

  /** The plant day of an instant. */
  Span day(EquipmentPath path, long micros) {
    long at = Math.clamp(micros, MachineInput.ALL_TIME.fromMicros(), lastInstant());
    return days(path, new Span(at, at + 1));
  }

  /** Where cells begin or end after an instant, up to another and with it, ascending. */
  List<Long> between(EquipmentPath path, long after, long until) {
    List<Long> bounds = new ArrayList<>();
    if (after >= until) {
      return bounds;
    }
    CalendarPiece before = null;
    for (Piece<CalendarPiece> piece :
        snapshot.calendar(path, clamped(after - 1, until + 1)).pieces()) {
      CalendarPiece now = piece.value();
      long at = piece.span().fromMicros();
      if (before != null && at > after && at <= until && !sameCell(before, now)) {
        bounds.add(at);
      }
      before = now;
    }
    return bounds;
  }

  private static boolean sameCell(CalendarPiece one, CalendarPiece other) {
    return one.plantDay().equals(other.plantDay()) && Objects.equals(one.shift(), other.shift());
  }

  private static Span clamped(long from, long to) {
    Span all = MachineInput.ALL_TIME;
    return new Span(
        Math.clamp(from, all.fromMicros(), lastInstant()),
        Math.clamp(to, all.fromMicros() + 1, all.toMicros()));
  }

  private static long lastInstant() {
    return MachineInput.ALL_TIME.toMicros() - 1;
  }
}
