package io.linewright.ingest.app.truth;

import io.linewright.ingest.app.answer.Parameters;

/** Which values a client wants: those that count, or those that came. */
public enum Truth {
  /** Samples with all corrections. */
  EFFECTIVE,
  /** Samples as they were stored, whatever has been said about them. */
  RAW;

  /**
   * By the parameter {@code truth}; without it {@link #EFFECTIVE}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Truth of(Parameters parameters) {
    return parameters.choice("truth", Truth.class, EFFECTIVE);
  }
}
