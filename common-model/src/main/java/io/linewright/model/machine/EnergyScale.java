package io.linewright.model.machine;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.unit.UcumUnit;
import io.linewright.model.unit.UnitConversion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How values of a tag of energy or power become those of its events: kWh and kW. Finding it takes
 * the tables of units, so it is kept by whoever needs it more than once.
 *
 * @param role {@link TagRole#ENERGY} or {@link TagRole#POWER}
 * @param conversion from the tag's unit to that of the events
 */
public record EnergyScale(TagRole role, UnitConversion conversion) {

  private static final UcumUnit KILOWATT_HOURS = new UcumUnit("kW.h");
  private static final UcumUnit KILOWATTS = new UcumUnit("kW");

  /**
   * @throws IllegalArgumentException if energy events do not tell of such tags
   */
  public EnergyScale {
    if (!role.tellsEnergy()) {
      throw new IllegalArgumentException("energy events do not tell of tags of role " + role);
    }
  }

  /**
   * The scale of a tag; empty if energy events do not tell of it: its role is another, or its unit
   * is none of energy or power, as the case may be. No unit is guessed.
   */
  public static Optional<EnergyScale> of(TagRole role, UcumUnit unit) {
    if (!role.tellsEnergy()) {
      return Optional.empty();
    }
    UcumUnit wanted = role == TagRole.ENERGY ? KILOWATT_HOURS : KILOWATTS;
    try {
      UnitConversion conversion = UnitConversion.between(UcumUnit.parse(unit.code()), wanted);
      return Optional.of(new EnergyScale(role, conversion));
    } catch (IllegalArgumentException notComparable) {
      return Optional.empty();
    }
  }

  /** A value in kWh or kW; null if it is no number, or beyond all numbers there. */
  public @Nullable Double read(@Nullable SampleValue value) {
    double number =
        switch (value) {
          case IntegerValue(long whole) -> conversion.apply(whole);
          case DoubleValue(double any) -> conversion.apply(any);
          case null, default -> Double.NaN;
        };
    return Double.isFinite(number) ? (Double) number : null;
  }
}
