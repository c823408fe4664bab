package io.linewright.oee.state;

import io.linewright.oee.slice.TimeCategory;

/**
 * What a state of a machine means.
 *
 * @param category what its time is, as long as neither the calendar nor a reason says otherwise.
 *     {@link TimeCategory#MINOR_STOP} means a stop that the machine does not explain: rules of
 *     length make it {@link TimeCategory#UNEXPLAINED} where it is longer than a minor stop may be.
 *     Never PENDING, which no machine can say
 * @param kind where its cause is
 * @param failure whether its onset is a failure; only of a BREAKDOWN
 */
public record StateMeaning(TimeCategory category, Kind kind, boolean failure) {

  /** Where the cause of a state is, seen from the machine; the line's first cause needs it. */
  public enum Kind {
    /** In the machine. */
    INSIDE,
    /** Before or behind it: it waits for material, or cannot pass on what it made. */
    OUTSIDE,
    /** There is nothing to explain, or nothing is known. */
    NEUTRAL
  }

  /**
   * @throws IllegalArgumentException if the category is PENDING, or a failure is no BREAKDOWN
   */
  public StateMeaning {
    if (category == TimeCategory.PENDING) {
      throw new IllegalArgumentException("no state of a machine means that data may still come");
    }
    if (failure && category != TimeCategory.BREAKDOWN) {
      throw new IllegalArgumentException("a failure is a breakdown, not " + category);
    }
  }
}
