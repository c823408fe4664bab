package io.linewright.model.sample;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Types of values after the edge: every type of a field protocol becomes one of these. */
public enum DataType {
  BOOLEAN,
  /**
   * Signed 64-bit; unsigned 64-bit values above 2^63-1 arrive as DOUBLE or STRING, as configured.
   */
  INTEGER,
  /** IEEE 754 binary64; NaN and infinities are values. */
  DOUBLE,
  STRING,
  BYTES;

  /** The type of that name in lower case; empty if there is none. */
  public static Optional<DataType> of(String text) {
    return Arrays.stream(values()).filter(t -> t.toString().equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
