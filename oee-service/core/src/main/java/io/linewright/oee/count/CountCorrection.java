package io.linewright.oee.count;

import io.linewright.oee.quantity.Quantity;

/**
 * What somebody says must be added to the counters of a machine, or reported by hand. It is taken
 * back by another one of the opposite sign; none is ever changed.
 *
 * @param version number of the correction, unique in the machine, 1 or more
 * @param machine path of the machine
 * @param micros the instant to which it belongs, microseconds since 1970-01-01T00:00:00Z
 * @param kind which items
 * @param quantity how many more; less than 0: fewer; not 0, within ±10<sup>9</sup>
 * @param by who said it, not empty
 * @param why the reason, may be empty
 */
public record CountCorrection(
    long version,
    String machine,
    long micros,
    CountKind kind,
    Quantity quantity,
    String by,
    String why) {

  /** Largest magnitude of a correction. */
  public static final Quantity MOST = Quantity.of(1_000_000_000L);

  /**
   * @throws IllegalArgumentException if something is missing or out of range
   */
  public CountCorrection {
    if (version < 1) {
      throw new IllegalArgumentException(
          "the version of a correction is 1 or more, not " + version);
    }
    if (machine.isEmpty() || by.isEmpty()) {
      throw new IllegalArgumentException("a correction needs a machine and somebody who says it");
    }
    if (quantity.millionths() == 0 || Math.abs(quantity.millionths()) > MOST.millionths()) {
      throw new IllegalArgumentException(
          "a correction is not 0 and within ±" + MOST.units() + ", not " + quantity.units());
    }
  }
}
