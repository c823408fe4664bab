package io.linewright.oee.line;

import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Slices of a machine as a track. */
final class MachineTracks {

  private MachineTracks() {}

  /**
   * The function of the slice at each instant.
   *
   * @param slices ascending, without overlap
   * @param unknown what holds where there is none
   */
  static <V> Track<V> of(
      Span whole, List<TimeSlice> slices, V unknown, Function<TimeSlice, V> function) {
    List<Piece<V>> pieces = new ArrayList<>();
    long from = whole.fromMicros();
    for (TimeSlice slice : Partition.within(slices, whole)) {
      if (from < slice.span().fromMicros()) {
        pieces.add(new Piece<>(new Span(from, slice.span().fromMicros()), unknown));
      }
      pieces.add(new Piece<>(slice.span(), function.apply(slice)));
      from = slice.span().toMicros();
    }
    if (from < whole.toMicros()) {
      pieces.add(new Piece<>(new Span(from, whole.toMicros()), unknown));
    }
    return new Track<>(whole, pieces);
  }
}
