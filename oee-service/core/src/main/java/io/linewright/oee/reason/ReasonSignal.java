package io.linewright.oee.reason;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a machine said by a tag about the reason of a stop. Ordered by time, then by ordinal.
 *
 * @param micros when, microseconds since 1970-01-01T00:00:00Z
 * @param ordinal which one of that instant, 0 or more, over all such tags of the machine
 * @param text what it said, as it came, a number as its digits; null: no value or a bad status
 */
public record ReasonSignal(long micros, int ordinal, @Nullable String text)
    implements Comparable<ReasonSignal> {

  private static final Comparator<ReasonSignal> ORDER =
      Comparator.comparingLong(ReasonSignal::micros).thenComparingInt(ReasonSignal::ordinal);

  /**
   * @throws IllegalArgumentException if the ordinal is negative
   */
  public ReasonSignal {
    if (ordinal < 0) {
      throw new IllegalArgumentException(
          "the ordinal of a signal must be 0 or more, not " + ordinal);
    }
  }

  @Override
  public int compareTo(ReasonSignal other) {
    return ORDER.compare(this, other);
  }
}
