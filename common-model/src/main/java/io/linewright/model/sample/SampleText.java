package io.linewright.model.sample;

import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Values as text and back: {@code true} or {@code false}; decimal numbers; {@code NaN}, {@code
 * Infinity}, {@code -Infinity}; bytes as Base64.
 */
public final class SampleText {

  private SampleText() {}

  /** The text of a value; {@link #parse} gives the same value back. */
  public static String of(SampleValue value) {
    return switch (value) {
      case BooleanValue(boolean truth) -> Boolean.toString(truth);
      case IntegerValue(long number) -> Long.toString(number);
      case DoubleValue(double number) -> Double.toString(number);
      case StringValue(String text) -> text;
      case BytesValue(byte[] bytes) -> Base64.getEncoder().encodeToString(bytes);
    };
  }

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException if the text is no value of the type, or longer than {@link
   *     SampleValue#MAX_BYTES}
   */
  public static SampleValue parse(DataType type, String text) {
    try {
      return switch (type) {
        case BOOLEAN -> SampleValue.of(truth(text));
        case INTEGER -> SampleValue.of(Long.parseLong(text));
        case DOUBLE -> SampleValue.of(Double.parseDouble(text));
        case STRING -> SampleValue.of(bounded(text));
        case BYTES -> new BytesValue(bounded(Base64.getDecoder().decode(text)));
      };
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "'" + shortened(text) + "' is no value of type " + type, notANumber);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "'" + shortened(text) + "' is no value of type boolean; write true or false");
    };
  }

  private static String bounded(String text) {
    bounded(text.getBytes(StandardCharsets.UTF_8));
    return text;
  }

  private static byte[] bounded(byte[] bytes) {
    if (bytes.length > SampleValue.MAX_BYTES) {
      throw new IllegalArgumentException(
          "the value has %d bytes; at most %d are possible"
              .formatted(bytes.length, SampleValue.MAX_BYTES));
    }
    return bytes;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
