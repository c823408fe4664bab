package io.linewright.oee.slice;

import io.linewright.oee.time.Span;

/**
 * A stretch of a machine's time that was one thing all the time.
 *
 * @param span when
 * @param category what it was
 * @param state number of the state that the machine told, 0 to 32767; 0 if it told none
 * @param reason number of the reason that a signal or a person gave, 0 or more; 0 without
 * @param flags sum of {@link #ABSORBED}, {@link #FORCED}, {@link #BY_WORD}, {@link
 *     #UNPLANNED_OUTPUT} and {@link #FIRST_OF_EPISODE}, 0 to 31
 */
public record TimeSlice(Span span, TimeCategory category, int state, int reason, int flags) {

  /** A stop so short that it counts as production, as lost speed. */
  public static final int ABSORBED = 1;

  /** A stop so long that somebody has to give a reason. */
  public static final int FORCED = 2;

  /** Somebody said what it was. */
  public static final int BY_WORD = 4;

  /** Items were made in time in which none were planned. */
  public static final int UNPLANNED_OUTPUT = 8;

  /** A stop begins with it; of a slice that is cut only the first part has it. */
  public static final int FIRST_OF_EPISODE = 16;

  /** Highest number of a state; it fits a 16-bit column. */
  public static final int MAX_STATE = Short.MAX_VALUE;

  private static final int ALL_FLAGS = 31;

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public TimeSlice {
    if (state < 0 || state > MAX_STATE) {
      throw new IllegalArgumentException("state " + state + " is not in 0.." + MAX_STATE);
    }
    if (reason < 0) {
      throw new IllegalArgumentException("reason " + reason + " is negative");
    }
    if ((flags & ~ALL_FLAGS) != 0) {
      throw new IllegalArgumentException("flags " + flags + " are not in 0.." + ALL_FLAGS);
    }
  }

  /** Whether it has the flag, or all flags of the sum. */
  public boolean has(int flag) {
    return (flags & flag) == flag;
  }

  /** The same at another time, for a slice that is cut or joined. */
  TimeSlice at(Span other) {
    return new TimeSlice(other, category, state, reason, flags);
  }

  /** The part of it from its begin or from later on; a later one is no begin of a stop. */
  TimeSlice part(Span part) {
    int kept = part.fromMicros() == span.fromMicros() ? flags : flags & ~FIRST_OF_EPISODE;
    return new TimeSlice(part, category, state, reason, kept);
  }

  /** Whether the next slice, which begins where this one ends, tells nothing new. */
  boolean goesOnIn(TimeSlice next) {
    return next.span.fromMicros() == span.toMicros()
        && next.category == category
        && next.state == state
        && next.reason == reason
        && next.flags == (flags & ~FIRST_OF_EPISODE);
  }
}
