package io.linewright.oee.order;

import io.linewright.oee.event.TrackName;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a machine says by a tag about the order, product, lot or serial number. Ordered by time,
 * then track and ordinal, which is also the order in which they hold.
 *
 * @param track which tag; other kinds than those four say nothing here
 * @param micros when, microseconds since 1970-01-01T00:00:00Z
 * @param ordinal which one of that instant and track, 0 or more
 * @param value what it said, as it came; blank: there is none now; null: there was no value or a
 *     bad status, which says nothing
 */
public record ContextWord(TrackName track, long micros, int ordinal, @Nullable String value)
    implements Comparable<ContextWord> {

  private static final Comparator<ContextWord> ORDER =
      Comparator.comparingLong(ContextWord::micros)
          .thenComparing(ContextWord::track)
          .thenComparingInt(ContextWord::ordinal);

  /**
   * @throws IllegalArgumentException if the ordinal is negative
   */
  public ContextWord {
    if (ordinal < 0) {
      throw new IllegalArgumentException("the ordinal of a word must be 0 or more, not " + ordinal);
    }
  }

  @Override
  public int compareTo(ContextWord other) {
    return ORDER.compare(this, other);
  }
}
