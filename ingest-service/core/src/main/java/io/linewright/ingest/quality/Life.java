package io.linewright.ingest.quality;

import java.util.BitSet;

/**
 * When a device is known to have been alive on a day, to the minute. Immutable.
 *
 * <p>It tells apart why a tag said nothing: on a line that reports by exception a living device
 * says nothing as long as nothing changes, one that is away says nothing either.
 */
public final class Life {

  /** No sign of life is known. */
  public static final Life UNKNOWN = new Life(0, new BitSet());

  private static final long MINUTE = 60_000_000;

  private final long fromMicros;
  private final BitSet minutes;

  /**
   * @param fromMicros begin of the day, microseconds since the epoch
   * @param minutes with a sign of life, counted from there
   */
  public Life(long fromMicros, BitSet minutes) {
    this.fromMicros = fromMicros;
    this.minutes = (BitSet) minutes.clone();
  }

  /** How many minutes have a sign of life. */
  public int minutes() {
    return minutes.cardinality();
  }

  /**
   * Of so many intervals of equal length that follow each other, those in which there was a sign of
   * life.
   *
   * @param afterMicros where the first one begins, microseconds since the epoch
   * @param length of each, microseconds, positive
   */
  long intervals(long afterMicros, long length, long count) {
    long end = afterMicros + length * count;
    long alive = 0;
    long counted = 0;
    int minute = (int) Math.max(0, Math.floorDiv(afterMicros - fromMicros, MINUTE));
    for (int begin = minutes.nextSetBit(minute);
        begin >= 0 && counted < count && fromMicros + begin * MINUTE < end;
        begin = minutes.nextSetBit(minutes.nextClearBit(begin))) {
      long from = Math.max(fromMicros + begin * MINUTE - afterMicros, 0);
      long to = fromMicros + minutes.nextClearBit(begin) * MINUTE - afterMicros;
      long first = Math.max(counted, from / length);
      long last = Math.min(count, Math.ceilDiv(to, length));
      if (last > first) {
        alive += last - first;
        counted = last;
      }
    }
    return alive;
  }
}
