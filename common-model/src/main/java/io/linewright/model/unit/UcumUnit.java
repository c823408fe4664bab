package io.linewright.model.unit;

/**
 * A unit of measure by its UCUM code (case-sensitive form), such as {@code Cel}, {@code mm/s},
 * {@code kW.h}. See <a href="https://ucum.org/ucum">The Unified Code for Units of Measure</a>.
 *
 * @param code a valid UCUM code; {@code 1} for numbers without unit
 */
public record UcumUnit(String code) {

  /** No unit: counts, states, ratios. */
  public static final UcumUnit ONE = new UcumUnit("1");

  /** Longest code that is accepted. */
  public static final int MAX_LENGTH = 60;

  /**
   * Checks a code and makes the unit of it.
   *
   * @throws IllegalArgumentException if the code is not valid UCUM; the message says where it goes
   *     wrong
   */
  public static UcumUnit parse(String code) {
    if (code.isEmpty() || code.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a UCUM code has 1 to " + MAX_LENGTH + " characters, this has " + code.length());
    }
    UcumTable.check(code);
    return new UcumUnit(code);
  }

  @Override
  public String toString() {
    return code;
  }
}
