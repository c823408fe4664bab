package io.linewright.oee.count;

import io.linewright.oee.quantity.Quantity;
import java.util.Comparator;

/**
 * Items that were counted. They belong to one instant, and are not spread over the time since the
 * reading before, whichever day that was. Ordered by instant, kind, and corrections last.
 *
 * @param atMicros the instant, microseconds since 1970-01-01T00:00:00Z: of a reading that before
 *     it, so that the last reading of a shift, at its end, belongs to the shift; of a correction,
 *     and of a first reading that counts in full, its own
 * @param kind which items
 * @param corrected whether people said so, not a counter
 * @param quantity how many, not 0; less than 0 only in corrections
 */
public record CountEntry(long atMicros, CountKind kind, boolean corrected, Quantity quantity)
    implements Comparable<CountEntry> {

  private static final Comparator<CountEntry> ORDER =
      Comparator.comparingLong(CountEntry::atMicros)
          .thenComparing(CountEntry::kind)
          .thenComparing(CountEntry::corrected)
          .thenComparing(CountEntry::quantity);

  /**
   * @throws IllegalArgumentException if there are none, or a counter counted fewer than 0
   */
  public CountEntry {
    if (quantity.millionths() == 0 || quantity.millionths() < 0 && !corrected) {
      throw new IllegalArgumentException("a counter counts more than 0, not " + quantity.units());
    }
  }

  @Override
  public int compareTo(CountEntry other) {
    return ORDER.compare(this, other);
  }
}
