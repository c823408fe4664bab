package io.linewright.edge.logic.summary;

import org.jspecify.annotations.Nullable;

/**
 * What {@link SummaryFold} remembers of a tag.
 *
 * @param window the open window; null before anything happened
 * @param number good number that holds; NaN: none
 * @param toMicros up to when the window's figures count
 * @param any whether a value arrived
 * @param emptyTold whether the window before the open one was empty
 */
public record SummaryState(
    @Nullable Window window, double number, long toMicros, boolean any, boolean emptyTold) {

  /** Nothing happened yet. */
  public static final SummaryState NONE =
      new SummaryState(null, Double.NaN, Long.MIN_VALUE, false, false);
}
