package io.linewright.oee.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The common refinement of several tracks: where one of them changes, the result may change. */
public final class Sweep {

  private Sweep() {}

  /**
   * The function of the values of all tracks at every instant. Time is linear in the pieces of the
   * result before equal ones are joined, times the number of tracks.
   *
   * @param whole the time that is asked for
   * @param tracks 0 or more; each may be about more time than that
   * @param function of the values in the order of the tracks; it is asked once for each piece of
   *     the refinement, ascending, and may keep its array
   * @throws IllegalArgumentException if a track is not about all of the time
   */
  public static <R> Track<R> over(
      Span whole, List<Track<?>> tracks, Function<Object[], ? extends R> function) {
    List<Cursor> cursors = new ArrayList<>(tracks.size());
    for (Track<?> track : tracks) {
      track.requireCovers(whole);
      cursors.add(new Cursor(track, track.indexAt(whole.fromMicros())));
    }
    List<Piece<R>> pieces = new ArrayList<>();
    long from = whole.fromMicros();
    while (from < whole.toMicros()) {
      Object[] values = new Object[cursors.size()];
      long to = whole.toMicros();
      for (int i = 0; i < values.length; i++) {
        Piece<?> piece = cursors.get(i).at(from);
        values[i] = piece.value();
        to = Math.min(to, piece.span().toMicros());
      }
      pieces.add(new Piece<>(new Span(from, to), function.apply(values)));
      from = to;
    }
    return new Track<>(whole, pieces);
  }

  /** Goes through the pieces of one track. */
  private static final class Cursor {

    private final List<? extends Piece<?>> pieces;
    private int index;

    Cursor(Track<?> track, int index) {
      this.pieces = track.pieces();
      this.index = index;
    }

    /** The piece of an instant that is not before the one asked for last, and not after the end. */
    Piece<?> at(long micros) {
      while (pieces.get(index).span().toMicros() <= micros) {
        index++;
      }
      return pieces.get(index);
    }
  }
}
