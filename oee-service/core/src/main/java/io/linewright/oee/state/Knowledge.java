package io.linewright.oee.state;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How far it is known what a machine told. It is an argument, not a clock, so that two who compute
 * the same time get the same answer.
 *
 * @param completeUntil before this instant, microseconds since 1970-01-01T00:00:00Z, its devices
 *     have handed over everything: the least of those that carry its tags; empty if none of them
 *     ever says so (imports, foreign nodes)
 * @param lastWordMicros the last event of the machine, of any track; {@link Long#MIN_VALUE} if it
 *     never told anything
 * @param decidedUntil before this instant nothing is waited for any more
 * @param holds how long after the last word the last state still holds, if no device says how far
 *     it is complete; not negative. A machine that was imported once and told RUNNING last must not
 *     produce for ever
 */
public record Knowledge(
    OptionalLong completeUntil, long lastWordMicros, long decidedUntil, Duration holds) {

  /**
   * @throws IllegalArgumentException if {@code holds} is negative
   */
  public Knowledge {
    if (holds.isNegative()) {
      throw new IllegalArgumentException("a state cannot hold for " + holds);
    }
  }

  /** First instant that is not known, unless something is lost before. */
  public long knownUntil() {
    if (completeUntil.isPresent()) {
      return completeUntil.getAsLong();
    }
    if (lastWordMicros == Long.MIN_VALUE) {
      return lastWordMicros;
    }
    // Saturates, as does the sum: a machine may be told to hold its state for ever.
    long micros = TimeUnit.MICROSECONDS.convert(holds);
    return lastWordMicros > Long.MAX_VALUE - micros ? Long.MAX_VALUE : lastWordMicros + micros;
  }
}
