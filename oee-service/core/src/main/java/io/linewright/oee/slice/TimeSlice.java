package io.linewright.oee.slice;

import io.linewright.oee.time.Span;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a machine's time that was one thing all the time.
 *
 * @param span when
 * @param category what it counts as
 * @param said what the machine's state, its signals, and people made of it, before the calendar and
 *     the lengths of stops had their say: a machine that is broken in a break is said to be broken,
 *     and a wait of a few seconds that counts as production is said to be a wait. Failures, first
 *     causes and bottlenecks are found in it
 * @param state the native state as the machine told it, a number as its digits; empty if none is
 *     known
 * @param reason code of the reason that a signal or a person gave, or that the calendar names, not
 *     empty; null without
 * @param flags what else is to be said of it; copied, in the order of the constants
 */
public record TimeSlice(
    Span span,
    TimeCategory category,
    TimeCategory said,
    String state,
    @Nullable String reason,
    Set<SliceFlag> flags) {

  /**
   * @throws IllegalArgumentException if the reason is empty
   */
  public TimeSlice {
    if (reason != null && reason.isEmpty()) {
      throw new IllegalArgumentException("the code of a reason is not empty, at " + span);
    }
    flags = SliceFlag.shared(flags);
  }

  /** Whether it has the flag. */
  public boolean has(SliceFlag flag) {
    return flags.contains(flag);
  }

  /** The same at another time, for a slice that is cut or joined. */
  TimeSlice at(Span other) {
    return new TimeSlice(other, category, said, state, reason, flags);
  }

  /** The part of it from its begin or from later on; a later one is no begin of a stop. */
  TimeSlice part(Span part) {
    return part.fromMicros() == span.fromMicros()
        ? at(part)
        : new TimeSlice(part, category, said, state, reason, flagsOfTheRest());
  }

  /** Whether the next slice, which begins where this one ends, tells nothing new. */
  boolean goesOnIn(TimeSlice next) {
    return next.span.fromMicros() == span.toMicros()
        && next.category == category
        && next.said == said
        && next.state.equals(state)
        && Objects.equals(next.reason, reason)
        && next.flags.equals(flagsOfTheRest());
  }

  private Set<SliceFlag> flagsOfTheRest() {
    if (!has(SliceFlag.FIRST_OF_EPISODE)) {
      return flags;
    }
    Set<SliceFlag> rest = EnumSet.copyOf(flags);
    rest.remove(SliceFlag.FIRST_OF_EPISODE);
    return rest;
  }
}
