package io.linewright.edge.app.opcua.value;

import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.opcua.UaTimes;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.UaEnumeratedType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UNumber;
import org.jspecify.annotations.Nullable;

/** OPC UA's built-in scalar types (part 6, clause 5.1.2) as the platform's. */
public final class UaValues {

  private static final long MICROS_PER_MILLI = 1000;

  /**
   * Converts without loss of meaning: truth values to boolean; integers, enumerations, status codes
   * and date-times (milliseconds since 1970) to integer; all numbers to double; everything with a
   * text form to string (enumerations by name); byte strings and arrays of bytes to bytes.
   *
   * @return null if the value is none of these, does not fit or is longer than {@link
   *     SampleValue#MAX_BYTES}
   */
  public static @Nullable SampleValue convert(Object value, DataType type) {
    if (value instanceof Variant variant) {
      return variant.value() == null ? null : convert(variant.value(), type);
    }
    return switch (type) {
      case DOUBLE -> toDouble(value);
      case INTEGER -> integer(value);
      case BOOLEAN -> value instanceof Boolean truth ? SampleValue.of(truth) : null;
      case STRING -> string(value);
      case BYTES -> bytes(value);
    };
  }

  private static @Nullable SampleValue toDouble(Object value) {
    return switch (value) {
      case Double number -> SampleValue.of(number.doubleValue());
      case Number number -> SampleValue.of(number.doubleValue()); // UNumber is a Number too
      default -> null;
    };
  }

  private static @Nullable SampleValue integer(Object value) {
    return switch (value) {
      case Integer number -> SampleValue.of(number.longValue());
      case Long number -> SampleValue.of(number.longValue());
      case ULong number -> number.longValue() >= 0 ? SampleValue.of(number.longValue()) : null;
      case UNumber number -> SampleValue.of(number.longValue());
      case Short number -> SampleValue.of(number.longValue());
      case Byte number -> SampleValue.of(number.longValue());
      case UaEnumeratedType choice -> SampleValue.of((long) choice.getValue());
      case StatusCode status -> SampleValue.of(status.value());
      case DateTime time ->
          SampleValue.of(Math.floorDiv(UaTimes.toMicros(time.getUtcTime()), MICROS_PER_MILLI));
      default -> null;
    };
  }

  private static @Nullable SampleValue string(Object value) {
    String text =
        switch (value) {
          case String s -> s;
          case LocalizedText localized -> localized.text();
          case QualifiedName name -> name.name();
          case UUID uuid -> uuid.toString();
          case NodeId id -> id.toParseableString();
          case ExpandedNodeId id -> id.toParseableString();
          case XmlElement xml -> xml.fragment();
          case DateTime time -> time.getJavaInstant().toString();
          case Boolean truth -> truth.toString();
          case UaEnumeratedType choice -> choice.getName();
          case StatusCode status -> status.toString();
          case Number number -> number.toString();
          default -> null;
        };
    return text == null || tooLong(text) ? null : SampleValue.of(text);
  }

  private static boolean tooLong(String text) {
    return text.length() > SampleValue.MAX_BYTES / 4
        && text.getBytes(StandardCharsets.UTF_8).length > SampleValue.MAX_BYTES;
  }

  private static @Nullable SampleValue bytes(Object value) {
    byte[] bytes =
        switch (value) {
          case ByteString string -> string.bytes();
          case UByte[] array -> bytes(array);
          default -> null;
        };
    return bytes == null || bytes.length > SampleValue.MAX_BYTES
        ? null
        : new SampleValue.BytesValue(bytes);
  }

  private static byte[] bytes(UByte[] array) {
    byte[] bytes = new byte[array.length];
    for (int i = 0; i < array.length; i++) {
      bytes[i] = array[i].byteValue();
    }
    return bytes;
  }

  /** Why a value was not converted, with what to do. */
  public static String mismatch(Object value, TagChannel tag) {
    String advice =
        switch (value) {
          case Matrix m -> "; name an element with part: \"[0][0]\"";
          case ExtensionObject o -> "; name a field with part: Name";
          case Object array when array.getClass().isArray() ->
              "; name an element with part: \"[0]\"";
          default -> "";
        };
    return "a value of type "
        + value.getClass().getSimpleName()
        + " does not fit the declared type "
        + tag.settings().description().type()
        + advice;
  }

  private UaValues() {}
}
