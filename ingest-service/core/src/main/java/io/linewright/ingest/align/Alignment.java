package io.linewright.ingest.align;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.bound.ValueCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/**
 * Sets tags side by side on one axis of time, in one pass over all of them. Memory: some readings
 * per tag, however long the series are.
 */
public final class Alignment {

  private Alignment() {}

  /**
   * One row per given instant.
   *
   * @param instants ascending, microseconds since the epoch
   * @param tags at least one
   * @throws IllegalArgumentException if there is no tag; later, if instants or samples descend
   */
  public static Iterator<AlignedRow> onto(
      PrimitiveIterator.OfLong instants, List<AlignedTag> tags) {
    List<ValueCursor> cursors = cursors(tags);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return instants.hasNext();
      }

      @Override
      public AlignedRow next() {
        return row(instants.nextLong(), cursors);
      }
    };
  }

  /**
   * One row per instant at which any tag has a sample; several tags at one instant make one row. Of
   * a tag that interpolates over Bad samples, their instants make none.
   *
   * @param tags at least one
   * @throws IllegalArgumentException if there is no tag; later, if samples descend
   */
  public static Iterator<AlignedRow> union(List<AlignedTag> tags) {
    List<ValueCursor> cursors = cursors(tags);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return following().isPresent();
      }

      @Override
      public AlignedRow next() {
        return row(following().orElseThrow(NoSuchElementException::new), cursors);
      }

      private OptionalLong following() {
        return cursors.stream()
            .map(ValueCursor::nextMicros)
            .filter(OptionalLong::isPresent)
            .mapToLong(OptionalLong::getAsLong)
            .min();
      }
    };
  }

  private static List<ValueCursor> cursors(List<AlignedTag> tags) {
    if (tags.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one tag to set side by side");
    }
    return tags.stream()
        .map(tag -> new ValueCursor(tag.fill(), tag.configuration(), tag.samples()))
        .toList();
  }

  private static AlignedRow row(long micros, List<ValueCursor> cursors) {
    List<Bound> values = new ArrayList<>(cursors.size());
    for (ValueCursor cursor : cursors) {
      values.add(cursor.at(micros));
    }
    return new AlignedRow(micros, values);
  }
}
