package io.linewright.ingest.live;

import java.util.OptionalLong;

/**
 * The id of an event of a live stream: an ingest position, up to which everything that is stored
 * has been shown or left out by the stream's pace. It is the same in every process that reads the
 * same table, and after a restart.
 */
public final class EventId {

  private static final String PREFIX = "p";
  private static final int LONGEST = 20;

  private EventId() {}

  /** The id of a position in microseconds since the epoch. */
  public static String of(long ingestMicros) {
    return PREFIX + ingestMicros;
  }

  /** The position of an id in microseconds since the epoch; empty if it is none of ours. */
  public static OptionalLong parse(String id) {
    if (!id.startsWith(PREFIX) || id.length() > LONGEST) {
      return OptionalLong.empty();
    }
    try {
      long micros = Long.parseLong(id.substring(PREFIX.length()));
      return micros > 0 ? OptionalLong.of(micros) : OptionalLong.empty();
    } catch (NumberFormatException notOurs) {
      return OptionalLong.empty();
    }
  }
}
