package io.linewright.oee.element;

import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.List;

/**
 * A stretch of one machine's time in which day, shift, order, product and lot stay the same: the
 * smallest part that figures are summed up from.
 *
 * @param key what stays the same
 * @param span when
 * @param elements its sums
 * @param slices what its time was; they divide the span; copied
 */
public record Cell(CellKey key, Span span, Elements elements, List<TimeSlice> slices) {

  /**
   * @throws IllegalArgumentException if the slices do not divide the span, or the elements have
   *     other sums of time than they; whoever made them has made a mistake
   */
  public Cell {
    Partition.require(span, slices);
    if (!TimeSums.of(slices).equals(elements.times())) {
      throw new IllegalArgumentException(
          "the slices of %s are not %s".formatted(span, elements.times()));
    }
    slices = List.copyOf(slices);
  }
}
