package io.linewright.ingest.registry;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.unit.UcumUnit;
import io.linewright.model.unit.UnitConversion;
import org.jspecify.annotations.Nullable;

/**
 * How stored values are shown.
 *
 * @param conversion to the shown unit; null: values are shown as they are
 */
public record ValueMapping(@Nullable UnitConversion conversion) {

  /** Values are shown as they are. */
  public static final ValueMapping NONE = new ValueMapping(null);

  private static final UnitConversion TO_DOUBLE = new UnitConversion(1, 0);

  /**
   * From one unit to another, whole numbers to doubles.
   *
   * @throws IllegalArgumentException if the units measure different quantities; the message says
   *     why
   */
  static ValueMapping between(String from, String to) {
    return new ValueMapping(
        from.equals(to)
            ? TO_DOUBLE
            : UnitConversion.between(UcumUnit.parse(from), UcumUnit.parse(to)));
  }

  /** Whether numbers are shown as they are stored, but for their type. */
  public boolean keepsNumbers() {
    return conversion == null || conversion.equals(TO_DOUBLE);
  }

  /** The sample as it is shown. */
  public Sample apply(Sample sample) {
    return conversion == null
        ? sample
        : new Sample(
            shown(sample.value(), conversion),
            sample.status(),
            sample.sourceMicros(),
            sample.ordinal());
  }

  private static @Nullable SampleValue shown(
      @Nullable SampleValue value, UnitConversion conversion) {
    return switch (value) {
      case null -> null;
      case DoubleValue(double number) -> SampleValue.of(conversion.apply(number));
      case IntegerValue(long whole) -> SampleValue.of(conversion.apply((double) whole));
      case BooleanValue bool -> bool;
      case StringValue text -> text;
      case BytesValue bytes -> bytes;
    };
  }
}
