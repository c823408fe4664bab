package io.linewright.ingest.downsample;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import org.jspecify.annotations.Nullable;

/** Values as numbers, for comparing them: a truth value is 0 or 1, a text none. */
public final class SampleNumber {

  private SampleNumber() {}

  /** The value as a number; NaN if it is none. */
  public static double of(@Nullable SampleValue value) {
    return switch (value) {
      case null -> Double.NaN;
      case BooleanValue(boolean truth) -> truth ? 1 : 0;
      case IntegerValue(long whole) -> whole;
      case DoubleValue(double number) -> number;
      case StringValue text -> Double.NaN;
      case BytesValue bytes -> Double.NaN;
    };
  }
}
