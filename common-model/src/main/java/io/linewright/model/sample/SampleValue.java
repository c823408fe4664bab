package io.linewright.model.sample;

import java.util.Arrays;

/**
 * A value of one of the platform's types. Doubles compare by their bits, so that NaN equals NaN.
 */
public sealed interface SampleValue {

  /** Type of the value. */
  DataType type();

  record BooleanValue(boolean value) implements SampleValue {
    @Override
    public DataType type() {
      return DataType.BOOLEAN;
    }
  }

  record IntegerValue(long value) implements SampleValue {
    @Override
    public DataType type() {
      return DataType.INTEGER;
    }
  }

  record DoubleValue(double value) implements SampleValue {
    @Override
    public DataType type() {
      return DataType.DOUBLE;
    }
  }

  /**
   * @param value at most {@link #MAX_BYTES} bytes of UTF-8
   */
  record StringValue(String value) implements SampleValue {
    @Override
    public DataType type() {
      return DataType.STRING;
    }
  }

  /**
   * @param value at most {@link #MAX_BYTES} bytes; never changed after construction
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // copied nowhere on purpose: values are made once and only read
  record BytesValue(byte[] value) implements SampleValue {
    @Override
    public DataType type() {
      return DataType.BYTES;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BytesValue that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "BytesValue[" + value.length + " bytes]";
    }
  }

  /** Longest text or byte string that may be a value: 64 KiB. */
  int MAX_BYTES = 64 * 1024;

  static SampleValue of(boolean value) {
    return new BooleanValue(value);
  }

  static SampleValue of(long value) {
    return new IntegerValue(value);
  }

  static SampleValue of(double value) {
    return new DoubleValue(value);
  }

  static SampleValue of(String value) {
    return new StringValue(value);
  }
}
