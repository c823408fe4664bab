package io.linewright.edge.logic.rule;

/**
 * A condition begins or ceases to hold, or to be known.
 *
 * @param micros when, in the time of the values
 * @param truth what is the case from then on
 */
record Turn(long micros, Truth truth) {

  /** Whether a condition holds. */
  enum Truth {
    TRUE,
    FALSE,
    /** The tag is Bad or said too little yet. */
    UNKNOWN
  }
}
