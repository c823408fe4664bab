package io.linewright.oee.event;

import io.linewright.model.sample.Sample;
import java.time.LocalDate;

/**
 * What makes an event of a machine one event, however often and on whatever way it is heard.
 * Ordered by time, then by track, then by ordinal.
 *
 * @param micros when it was so at the machine, microseconds since 1970-01-01T00:00:00Z, {@link
 *     #MIN_MICROS} to {@link #MAX_MICROS}
 * @param track what told it
 * @param ordinal order among the events of this track in this microsecond, 0 to {@link
 *     Sample#MAX_ORDINAL}
 */
public record EventKey(long micros, TrackName track, int ordinal) implements Comparable<EventKey> {

  /** Begin of the year 1. */
  public static final long MIN_MICROS = -62_135_596_800_000_000L;

  /** End of the year 9999. */
  public static final long MAX_MICROS = 253_402_300_799_999_999L;

  private static final long DAY_MICROS = 86_400_000_000L;

  /**
   * @throws IllegalArgumentException if the time or the ordinal is out of range
   */
  public EventKey {
    if (micros < MIN_MICROS || micros > MAX_MICROS) {
      throw new IllegalArgumentException(micros + " us is not in the years 1 to 9999");
    }
    if (ordinal < 0 || ordinal > Sample.MAX_ORDINAL) {
      throw new IllegalArgumentException(
          "ordinal " + ordinal + " is not in 0.." + Sample.MAX_ORDINAL);
    }
  }

  /** The day in UTC in whose log the event is. */
  public LocalDate day() {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, DAY_MICROS));
  }

  @Override
  public int compareTo(EventKey other) {
    int byTime = Long.compare(micros, other.micros);
    if (byTime != 0) {
      return byTime;
    }
    int byTrack = track.compareTo(other.track);
    return byTrack != 0 ? byTrack : Integer.compare(ordinal, other.ordinal);
  }
}
