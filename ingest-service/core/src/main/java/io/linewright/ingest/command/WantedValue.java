package io.linewright.ingest.command;

import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A value as somebody wrote it down, held against the tag that it is for. */
public sealed interface WantedValue {

  /** It can be asked for. */
  record Fit(SampleValue value) implements WantedValue {}

  /**
   * It cannot.
   *
   * @param reason one sentence for people
   */
  record Unfit(String reason) implements WantedValue {}

  /**
   * Reads a value by the tag's type: {@code true} or {@code false}; a whole number; a finite
   * number; a text; Base64 of bytes. A number must lie in the tag's range if that is known. A text
   * that looks like a number is none.
   *
   * @param written Boolean, Number or String; anything else is unfit
   * @param range of the tag; null: not known here, the gateway has its own
   */
  static WantedValue of(DataType type, @Nullable ValueRange range, @Nullable Object written) {
    try {
      SampleValue value =
          switch (written) {
            case Boolean truth when type == DataType.BOOLEAN ->
                SampleValue.of(truth.booleanValue());
            case Number number when type == DataType.INTEGER -> SampleValue.of(whole(number));
            case Number number when type == DataType.DOUBLE -> SampleValue.of(finite(number));
            case String text when type == DataType.STRING || type == DataType.BYTES ->
                SampleText.parse(type, storable(text));
            case null, default ->
                throw new IllegalArgumentException("the value must be " + form(type));
          };
      return inRange(value, range);
    } catch (IllegalArgumentException | ArithmeticException unfit) {
      return new Unfit(String.valueOf(unfit.getMessage()));
    }
  }

  private static WantedValue inRange(SampleValue value, @Nullable ValueRange range) {
    if (range == null) {
      return new Fit(value);
    }
    boolean inside =
        switch (value) {
          case DoubleValue(double number) -> range.contains(number);
          case IntegerValue(long number) -> range.contains(number);
          default -> true;
        };
    return inside
        ? new Fit(value)
        : new Unfit(
            "%s is outside the tag's range [%s, %s]"
                .formatted(SampleText.of(value), range.low(), range.high()));
  }

  private static long whole(Number number) {
    try {
      return exact(number).longValueExact();
    } catch (ArithmeticException notWhole) {
      throw new IllegalArgumentException(
          number + " is no whole number of 64 bits, as the tag's type demands", notWhole);
    }
  }

  private static double finite(Number number) {
    double value = exact(number).doubleValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the number is too large for the tag's type double");
    }
    return value;
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Integer integer -> BigDecimal.valueOf(integer.longValue());
      case Long integer -> BigDecimal.valueOf(integer);
      default -> {
        double real = number.doubleValue();
        if (!Double.isFinite(real)) {
          throw new IllegalArgumentException("the number is too large");
        }
        yield BigDecimal.valueOf(real);
      }
    };
  }

  private static String storable(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text with the character U+0000 cannot be asked for");
    }
    return text;
  }

  private static String form(DataType type) {
    return switch (type) {
      case BOOLEAN -> "true or false, as the tag's type is boolean";
      case INTEGER -> "a whole number, as the tag's type is integer";
      case DOUBLE -> "a number, as the tag's type is double";
      case STRING -> "a text, as the tag's type is string";
      case BYTES -> "a text in Base64, as the tag's type is bytes";
    };
  }
}
