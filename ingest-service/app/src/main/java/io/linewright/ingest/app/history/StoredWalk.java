package io.linewright.ingest.app.history;

import io.linewright.ingest.truth.Order;
import io.linewright.ingest.truth.Ranges;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.ingest.truth.Target.At;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Raw samples between two keys, a stretch at a time. What lies in deleted ranges is passed over,
 * but for what has been restored one by one there: whoever walks still has to ask what counts.
 */
final class StoredWalk implements Iterator<StoredSample> {

  /** Reads raw samples between two keys, both not included. */
  @FunctionalInterface
  interface Reader {
    List<StoredSample> read(At low, At high, int limit);
  }

  /** Finds the first key in the direction of the walk, between two, that was ever restored. */
  @FunctionalInterface
  interface Restored {
    Optional<At> first(At low, At high);
  }

  private final Reader reader;
  private final Restored restored;
  private final Ranges ranges;
  private final Order order;
  private final int longest;
  private int stretch;
  private At low;
  private At high;
  private List<StoredSample> current = List.of();
  private int at;
  private boolean ended;

  /**
   * @param low behind which the keys lie
   * @param high before which they lie
   * @param stretch samples that are read at first; then always twice as many
   * @param longest most that are read at once
   */
  StoredWalk(
      Reader reader,
      Restored restored,
      Ranges ranges,
      Order order,
      At low,
      At high,
      int stretch,
      int longest) {
    this.reader = reader;
    this.restored = restored;
    this.ranges = ranges;
    this.order = order;
    this.low = low;
    this.high = high;
    this.stretch = stretch;
    this.longest = longest;
  }

  @Override
  public boolean hasNext() {
    if (at == current.size() && !ended) {
      leap();
      current = low.compareTo(high) < 0 ? reader.read(low, high, stretch) : List.of();
      at = 0;
      ended = current.size() < stretch;
      stretch = Math.min(2 * stretch, longest);
      if (!current.isEmpty()) {
        moveTo(At.of(current.getLast().sample()));
      }
    }
    return at < current.size();
  }

  @Override
  public StoredSample next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.get(at++);
  }

  /** Leaves deleted ranges behind, as long as nothing in them was restored. */
  private void leap() {
    while (low.compareTo(high) < 0) {
      boolean up = order == Order.OLDEST_FIRST;
      long time = up ? low.micros() : high.ordinal() < 0 ? high.micros() - 1 : high.micros();
      Ranges.Stretch range = ranges.at(time);
      if (range == null || !range.deleted()) {
        return;
      }
      At begin = new At(range.fromMicros(), -1);
      At end = new At(range.toMicros(), -1);
      At next =
          restored
              .first(up ? low : max(begin, low), up ? min(end, high) : high)
              .map(key -> up ? new At(key.micros(), -1) : new At(key.micros() + 1, -1))
              .orElse(up ? end : begin);
      boolean found = up ? next.compareTo(end) < 0 : next.compareTo(begin) > 0;
      moveTo(next);
      if (found) {
        return;
      }
    }
  }

  /** Never back. */
  private void moveTo(At key) {
    if (order == Order.OLDEST_FIRST) {
      low = max(low, key);
    } else {
      high = min(high, key);
    }
  }

  private static At max(At one, At other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static At min(At one, At other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
