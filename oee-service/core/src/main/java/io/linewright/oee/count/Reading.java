package io.linewright.oee.count;

import io.linewright.oee.quantity.Quantity;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a counter showed. Ordered by time, then by ordinal.
 *
 * @param micros when, microseconds since 1970-01-01T00:00:00Z
 * @param ordinal which one of that instant, 0 or more
 * @param value what it showed, as it came, so it may be anything; null if there was no value or a
 *     bad status
 */
public record Reading(long micros, int ordinal, @Nullable Double value)
    implements Comparable<Reading> {

  /** Largest magnitude of a reading that is believed to be one, in units. */
  public static final double MOST = 1e12;

  private static final Comparator<Reading> ORDER =
      Comparator.comparingLong(Reading::micros).thenComparingInt(Reading::ordinal);

  /**
   * @throws IllegalArgumentException if the ordinal is negative
   */
  public Reading {
    if (ordinal < 0) {
      throw new IllegalArgumentException(
          "the ordinal of a reading must be 0 or more, not " + ordinal);
    }
  }

  /**
   * What it showed, exactly; empty if that is no reading: no value, a bad status, not a number, not
   * finite, or beyond {@link #MOST}.
   */
  public Optional<Quantity> shown() {
    return value != null && Math.abs(value) <= MOST
        ? Optional.of(Quantity.of((double) value))
        : Optional.empty();
  }

  @Override
  public int compareTo(Reading other) {
    return ORDER.compare(this, other);
  }
}
