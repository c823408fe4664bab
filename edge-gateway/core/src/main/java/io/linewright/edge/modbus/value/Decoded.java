package io.linewright.edge.modbus.value;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;

/** What registers turned out to mean. */
public sealed interface Decoded {

  /** A value of the tag's type. */
  record Value(SampleValue value) implements Decoded {}

  /**
   * Registers that hold no value of the tag's type.
   *
   * @param status Bad, with a sub-code
   * @param reason what is wrong with them, for people
   */
  record Unusable(StatusCode status, String reason) implements Decoded {}
}
