package io.linewright.oee.order;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which rejects are lost with a start: those of the time and of the first items after it, whichever
 * ends first.
 *
 * @param after what the machine did before, so that this is a start; empty: no reject is lost with
 *     a start
 * @param lasts how long a start takes, 0 to 7 d
 * @param pieces how many items it takes, 0 or more; 0: as many as are made in that time
 */
public record StartUp(Set<TimeCategory> after, Duration lasts, Quantity pieces) {

  /** No reject is lost with a start. */
  public static final StartUp NONE = new StartUp(Set.of(), Duration.ZERO, Quantity.ZERO);

  /**
   * @throws IllegalArgumentException if production is to be a start after itself, or something is
   *     out of range
   */
  public StartUp {
    Set<TimeCategory> copy = EnumSet.noneOf(TimeCategory.class);
    copy.addAll(after);
    after = Collections.unmodifiableSet(copy);
    if (after.contains(TimeCategory.PRODUCTION)) {
      throw new IllegalArgumentException("production does not start after production");
    }
    if (lasts.isNegative() || lasts.toDays() >= 7 && !lasts.equals(Duration.ofDays(7))) {
      throw new IllegalArgumentException("a start takes 0 to 7 d, not " + lasts);
    }
    if (pieces.millionths() < 0) {
      throw new IllegalArgumentException("a start takes 0 items or more, not " + pieces.units());
    }
  }
}
