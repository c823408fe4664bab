package io.linewright.oee.calendar;

import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change of a calendar, of its assignment, of planned maintenance or of a zone changed. */
public final class CalendarDifference {

  private CalendarDifference() {}

  /**
   * The instants of which two calendars say different things: whether work is planned, which plant
   * day, which shift and crew, which reason. That a shift ends later is a difference of the time
   * that it gained, not of all of it.
   *
   * @throws IllegalArgumentException if they are not about exactly the same time
   */
  public static Spans between(Track<CalendarPiece> before, Track<CalendarPiece> after) {
    List<Span> different =
        before.with(after, (one, other) -> !isSame(one, other)).pieces().stream()
            .filter(Piece::value)
            .map(Piece::span)
            .toList();
    return new Spans(different);
  }

  private static boolean isSame(CalendarPiece one, CalendarPiece other) {
    return isSame(one.shift(), other.shift())
        && new CalendarPiece(one.kind(), one.plantDay(), other.shift(), one.reason()).equals(other);
  }

  private static boolean isSame(@Nullable Shift one, @Nullable Shift other) {
    return one == null || other == null ? one == other : one.isSameAs(other);
  }
}
