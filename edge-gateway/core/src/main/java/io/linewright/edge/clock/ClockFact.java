package io.linewright.edge.clock;

/** What a reading taught of a device's clock. */
public sealed interface ClockFact {

  /**
   * There is an estimate, or a newer one.
   *
   * @param estimate the estimate
   */
  record Estimated(ClockEstimate estimate) implements ClockFact {}

  /**
   * The clock was set or began anew; there is no estimate until two windows agree.
   *
   * @param byMicros how far it moved as far as known
   */
  record Stepped(long byMicros) implements ClockFact {}
}
