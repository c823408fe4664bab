package io.linewright.oee.downtime;

import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;
import org.jspecify.annotations.Nullable;

/**
 * A stop of a machine.
 *
 * @param id its name
 * @param span from its begin to its end, with the breaks in it
 * @param micros how long it counts: without time that the calendar plans to be none, µs, more than
 *     0
 * @param open whether it reaches to the end of what is known
 * @param category what most of that time was; of two the earlier
 * @param reason code of the reason that most of the time of that category has; null: none
 * @param origin where the category comes from
 * @param reasonNeeded whether somebody has to give a reason
 * @param comment what people say of it; null: nothing
 * @param words how many words are about it
 */
public record Stop(
    StopId id,
    Span span,
    long micros,
    boolean open,
    TimeCategory category,
    @Nullable String reason,
    Origin origin,
    boolean reasonNeeded,
    @Nullable String comment,
    int words) {

  /** Where the category of a stop comes from. */
  public enum Origin {
    /** The state of the machine. */
    STATE,
    /** A reason that the machine signalled. */
    SIGNAL,
    /** Somebody said so. */
    WORD,
    /** It was too long for a minor stop. */
    LENGTH
  }

  /**
   * @throws IllegalArgumentException if it does not begin with its span, or counts for nothing or
   *     for longer than that
   */
  public Stop {
    if (id.beginMicros() != span.fromMicros() || micros <= 0 || micros > span.micros()) {
      throw new IllegalArgumentException(id + " of " + micros + " µs cannot be " + span);
    }
  }
}
