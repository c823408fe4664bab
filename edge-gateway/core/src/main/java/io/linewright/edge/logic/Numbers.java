package io.linewright.edge.logic;

import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;

/** Values as numbers. */
public final class Numbers {

  private Numbers() {}

  /** Whether values of the type are numbers; truth values count as 0 and 1. */
  public static boolean isNumber(DataType type) {
    return type == DataType.DOUBLE || type == DataType.INTEGER || type == DataType.BOOLEAN;
  }

  /** The value as a number; NaN if there is none. Integers above 2^53 lose their last digits. */
  public static double of(Sample sample) {
    return switch (sample.value()) {
      case DoubleValue(double value) -> value;
      case IntegerValue(long value) -> value;
      case BooleanValue(boolean value) -> value ? 1 : 0;
      case null, default -> Double.NaN;
    };
  }
}
