package io.linewright.oee.count;

import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The readings of one counter that a window of time needs: a reading is judged by the two valid
 * readings before it and by the one after it, and by nothing else. Valid is one with {@link
 * Reading#shown}; others may be anywhere between them.
 *
 * @param before those before the begin of the window: at least the last two valid ones, or all if
 *     there are fewer
 * @param in those from its begin to its end, both included: what was counted until a reading
 *     belongs to the instant before it
 * @param after those after its end: at least the first valid one, if there is one
 */
public record Readings(List<Reading> before, List<Reading> in, List<Reading> after) {

  /** No reading. */
  public static final Readings NONE = new Readings(List.of(), List.of(), List.of());

  /**
   * @throws IllegalArgumentException if they do not ascend strictly, from the first to the last
   */
  public Readings {
    before = List.copyOf(before);
    in = List.copyOf(in);
    after = List.copyOf(after);
    requireAscending(all(before, in, after));
  }

  /**
   * Of all readings those that the window needs.
   *
   * @param any in any order; equal ones may be there several times
   * @throws IllegalArgumentException if two of the same time and ordinal differ: the log of a
   *     machine decides between them
   */
  public static Readings of(Span window, Collection<Reading> any) {
    List<Reading> ascending = any.stream().distinct().sorted().toList();
    int from = 0;
    while (from < ascending.size() && ascending.get(from).micros() < window.fromMicros()) {
      from++;
    }
    int to = from;
    while (to < ascending.size() && ascending.get(to).micros() <= window.toMicros()) {
      to++;
    }
    int first = from;
    for (int valid = 0; first > 0 && valid < 2; ) {
      first--;
      valid += ascending.get(first).shown().isPresent() ? 1 : 0;
    }
    int last = to;
    for (boolean valid = false; last < ascending.size() && !valid; last++) {
      valid = ascending.get(last).shown().isPresent();
    }
    requireAscending(ascending);
    return new Readings(
        ascending.subList(first, from), ascending.subList(from, to), ascending.subList(to, last));
  }

  /** All of them, ascending. */
  public List<Reading> all() {
    return all(before, in, after);
  }

  private static List<Reading> all(List<Reading> before, List<Reading> in, List<Reading> after) {
    List<Reading> all = new ArrayList<>(before.size() + in.size() + after.size());
    all.addAll(before);
    all.addAll(in);
    all.addAll(after);
    return all;
  }

  private static void requireAscending(List<Reading> readings) {
    for (int i = 1; i < readings.size(); i++) {
      if (readings.get(i - 1).compareTo(readings.get(i)) >= 0) {
        throw new IllegalArgumentException(
            readings.get(i) + " must come after " + readings.get(i - 1));
      }
    }
  }
}
