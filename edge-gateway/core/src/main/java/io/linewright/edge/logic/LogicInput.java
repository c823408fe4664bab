package io.linewright.edge.logic;

import io.linewright.edge.sampling.StampedSample;

/** What happens to one tag. */
public sealed interface LogicInput {

  /** When it happens, in the time that the tag's values carry: microseconds since 1970. */
  long micros();

  /**
   * A value arrives.
   *
   * @param stamped the value
   */
  record Value(StampedSample stamped) implements LogicInput {
    @Override
    public long micros() {
      return stamped.micros();
    }
  }

  /**
   * Time passes: no value older than this is expected any more.
   *
   * @param micros up to when
   */
  record Time(long micros) implements LogicInput {}
}
