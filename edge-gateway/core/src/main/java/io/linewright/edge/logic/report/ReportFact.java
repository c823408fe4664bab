package io.linewright.edge.logic.report;

import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.sample.Sample;

/** What is to become of values. */
public sealed interface ReportFact {

  /**
   * A value of the device is reported.
   *
   * @param stamped the value
   */
  record Reported(StampedSample stamped) implements ReportFact {}

  /**
   * The gateway says again what holds.
   *
   * @param sample the reported value with a new time
   */
  record Repeated(Sample sample) implements ReportFact {}

  /** A value of the device is not reported. */
  record Suppressed() implements ReportFact {}
}
