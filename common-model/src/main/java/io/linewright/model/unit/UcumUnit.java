package io.linewright.model.unit;

/**
 * A unit of measure by its UCUM code (case-sensitive form), such as {@code Cel}, {@code mm/s},
 * {@code kW.h}.
 *
 * @param code a valid UCUM code; {@code 1} for numbers without unit
 */
public record UcumUnit(String code) {

  /** No unit: counts, states, ratios. */
  public static final UcumUnit ONE = new UcumUnit("1");

  @Override
  public String toString() {
    return code;
  }
}
