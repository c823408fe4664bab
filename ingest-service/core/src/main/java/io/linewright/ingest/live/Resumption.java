package io.linewright.ingest.live;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** With what a live stream begins. */
public sealed interface Resumption {

  /**
   * With every sample that has been stored since a position.
   *
   * @param afterIngestMicros the position, microseconds since the epoch
   */
  record MissedValues(long afterIngestMicros) implements Resumption {}

  /** With the last value of every tag. */
  record LastValues(Reason reason) implements Resumption {}

  /** Why a stream does not begin with what was missed. */
  enum Reason {
    /** The client has named no event. */
    NO_LAST_EVENT,
    /** The id is not one of this platform, or lies too far in the future. */
    UNKNOWN_EVENT,
    /** The event is older than the longest break that is made up for. */
    BREAK_TOO_LONG,
    /** The stream has more tags than are looked up in storage. */
    TOO_MANY_TAGS,
    /** More samples were missed than are given. */
    TOO_MANY_VALUES,
    /** The database did not answer. */
    STORAGE_UNAVAILABLE
  }

  /**
   * How far a position may be ahead of the service: it is of the database's clock, and two clocks
   * of a plant are seldom further apart. A position is compared with ingest times of the same clock
   * only, so that nothing is missed.
   */
  long AHEAD_MICROS = 10_000_000;

  /**
   * Decides it, as far as it can be told without looking into storage.
   *
   * @param lastEventId what the client says that it has seen last
   * @param nowMicros microseconds since the epoch
   * @param longestMicros longest break that is made up for
   * @param tags how many tags the stream has
   * @param mostTags of how many tags missed values are looked up at most
   */
  static Resumption of(
      @Nullable String lastEventId, long nowMicros, long longestMicros, int tags, int mostTags) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      return new LastValues(Reason.NO_LAST_EVENT);
    }
    OptionalLong position = EventId.parse(lastEventId);
    if (position.isEmpty() || position.getAsLong() > nowMicros + AHEAD_MICROS) {
      return new LastValues(Reason.UNKNOWN_EVENT);
    }
    if (nowMicros - position.getAsLong() > longestMicros) {
      return new LastValues(Reason.BREAK_TOO_LONG);
    }
    return tags > mostTags
        ? new LastValues(Reason.TOO_MANY_TAGS)
        : new MissedValues(position.getAsLong());
  }
}
