package io.linewright.simulator.plant;

import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;

/**
 * A sensor of a machine.
 *
 * @param tag name of its tag
 * @param kind what it measures
 * @param base value of a new machine at work, in the kind's unit
 * @param interval time between two measurements, 10 ms to 1 h
 */
public record SensorDescription(TagName tag, Kind kind, double base, Duration interval) {

  /** Kinds of sensors. */
  @SuppressWarnings("ImmutableEnumChecker") // unit and range are records of immutable values
  public enum Kind {
    /** Root mean square of vibration velocity, ISO 20816-1. */
    VIBRATION("mm/s", TagRole.VIBRATION_RMS, 0, 100, 1000),
    TEMPERATURE("Cel", TagRole.TEMPERATURE, -40, 250, 100),
    CURRENT("A", TagRole.CURRENT, 0, 1000, 100),
    SPEED("/min", TagRole.SPEED, 0, 100_000, 10);

    private final UcumUnit unit;
    private final TagRole role;
    private final ValueRange range;
    private final double stepsPerUnit;

    Kind(String unit, TagRole role, double low, double high, double stepsPerUnit) {
      this.unit = new UcumUnit(unit);
      this.role = role;
      this.range = new ValueRange(low, high);
      this.stepsPerUnit = stepsPerUnit;
    }

    /** Unit of the values. */
    public UcumUnit unit() {
      return unit;
    }

    /** Role of the tag. */
    public TagRole role() {
      return role;
    }

    /** Values that the sensor can show. */
    public ValueRange range() {
      return range;
    }

    /** The value as the sensor shows it: within the range and in whole steps. */
    public double shown(double value) {
      double bounded = Math.clamp(value, range.low(), range.high());
      return Math.rint(bounded * stepsPerUnit) / stepsPerUnit;
    }
  }
}
