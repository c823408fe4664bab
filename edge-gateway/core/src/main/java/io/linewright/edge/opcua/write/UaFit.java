package io.linewright.edge.opcua.write;

import io.linewright.edge.opcua.UaTimes;
import io.linewright.edge.opcua.write.Fitted.Refused;
import io.linewright.model.sample.SampleValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;

/**
 * Fits values of tags to the built-in types of OPC UA. A value that its type cannot hold is refused
 * and never cut.
 */
public final class UaFit {

  private static final long MICROS_PER_MILLI = 1000;
  private static final long EARLIEST_MILLIS = Instant.parse("1601-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST_MILLIS = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  /**
   * Fits a value.
   *
   * <ul>
   *   <li>Boolean: truth values.
   *   <li>Integers: whole numbers in the range of the type.
   *   <li>Double: numbers that a Double holds exactly.
   *   <li>Float: numbers that a Float holds exactly, and those whose decimal digits it shows: 20.1,
   *       but not 20.123456789. Infinities and NaN.
   *   <li>String and ByteString: texts and byte strings.
   *   <li>DateTime: whole numbers, milliseconds since 1970, of the years 1601 to 9999.
   * </ul>
   */
  public static Fitted fit(SampleValue value, UaType type) {
    return switch (value) {
      case SampleValue.BooleanValue truth when type == UaType.BOOLEAN ->
          new Fitted.Truth(truth.value());
      case SampleValue.StringValue text when type == UaType.STRING -> new Fitted.Text(text.value());
      case SampleValue.BytesValue bytes when type == UaType.BYTE_STRING ->
          new Fitted.Bytes(bytes.value());
      case SampleValue.IntegerValue number when type == UaType.DATE_TIME -> time(number.value());
      case SampleValue.IntegerValue number -> number(BigDecimal.valueOf(number.value()), type);
      case SampleValue.DoubleValue number -> real(number.value(), type);
      case SampleValue.BooleanValue other -> mismatch("a truth value", type);
      case SampleValue.StringValue other -> mismatch("a text", type);
      case SampleValue.BytesValue other -> mismatch("a byte string", type);
    };
  }

  private static Fitted real(double value, UaType type) {
    if (type == UaType.DOUBLE) {
      return new Fitted.Real(value);
    }
    if (type == UaType.FLOAT) {
      return single(value);
    }
    return Double.isFinite(value)
        ? number(new BigDecimal(value), type)
        : mismatch("" + value, type);
  }

  private static Fitted single(double value) {
    float nearest = (float) value;
    if (Double.isNaN(value) || nearest == value || sameDigits(nearest, value)) {
      return new Fitted.Single(nearest);
    }
    return new Refused(value + " has more digits or is greater than a Float can hold");
  }

  private static boolean sameDigits(float nearest, double value) {
    return Float.isFinite(nearest)
        && new BigDecimal(Float.toString(nearest)).compareTo(new BigDecimal(Double.toString(value)))
            == 0;
  }

  private static Fitted number(BigDecimal value, UaType type) {
    if (type.isInteger()) {
      return whole(value, type);
    }
    return switch (type) {
      case DOUBLE -> exact(value, new Fitted.Real(value.doubleValue()), value.doubleValue());
      case FLOAT -> exact(value, new Fitted.Single(value.floatValue()), value.floatValue());
      default -> mismatch("a number", type);
    };
  }

  private static Fitted exact(BigDecimal value, Fitted fitted, double held) {
    return new BigDecimal(held).compareTo(value) == 0
        ? fitted
        : new Refused(value.toPlainString() + " has more digits than the node's type can hold");
  }

  private static Fitted whole(BigDecimal value, UaType type) {
    if (value.stripTrailingZeros().scale() > 0) {
      return new Refused(
          value.toPlainString() + " is not whole; " + name(type) + " holds whole numbers");
    }
    BigInteger number = value.toBigIntegerExact();
    if (number.compareTo(type.least()) < 0 || number.compareTo(type.most()) > 0) {
      return new Refused(
          "%s does not fit %s, %s to %s".formatted(number, name(type), type.least(), type.most()));
    }
    return new Fitted.Whole(number);
  }

  private static Fitted time(long millis) {
    return millis < EARLIEST_MILLIS || millis > LATEST_MILLIS
        ? new Refused(millis + " ms since 1970 is not within the years 1601 to 9999")
        : new Fitted.Time(millis * MICROS_PER_MILLI * 10 + UaTimes.UNIX_EPOCH);
  }

  private static Refused mismatch(String what, UaType type) {
    return new Refused(what + " cannot be written as " + name(type));
  }

  private static String name(UaType type) {
    return type.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private UaFit() {}
}
