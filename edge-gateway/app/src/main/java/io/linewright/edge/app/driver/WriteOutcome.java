package io.linewright.edge.app.driver;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;

/** How a write to a device ended. */
public sealed interface WriteOutcome {

  /** The device holds the value: it was read back. */
  record Verified(SampleValue held) implements WriteOutcome {}

  /** The device took the write but holds another value, also after some patience. */
  record Differs(SampleValue held) implements WriteOutcome {}

  /**
   * The value was not written.
   *
   * @param status Bad, with a sub-code
   * @param reason why, for people
   */
  record Refused(StatusCode status, String reason) implements WriteOutcome {}

  /** The patience ended before the value was sent; it never will be. */
  record Expired() implements WriteOutcome {}

  /**
   * Nobody knows whether the value was written, or what the device holds.
   *
   * @param reason what happened, for people
   */
  record Unknown(String reason) implements WriteOutcome {}
}
