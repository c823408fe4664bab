package io.linewright.edge.modbus.value;

import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.value.Encoded.Refused;
import io.linewright.model.sample.SampleValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns values into registers, the inverse of {@link RegisterDecoder}. A value that its place
 * cannot hold exactly is refused and never cut; only scaling rounds, to the nearest raw number.
 */
public final class RegisterEncoder {

  /**
   * Encodes a value for its place.
   *
   * @param value of the tag's type
   * @param place where it goes; the table is not looked at beyond coil or register
   */
  public static Encoded encode(SampleValue value, ModbusRegister place) {
    return switch (value) {
      case SampleValue.BooleanValue truth -> truth(truth.value(), place);
      case SampleValue.IntegerValue number -> number(BigDecimal.valueOf(number.value()), place);
      case SampleValue.DoubleValue number -> real(number.value(), place);
      case SampleValue.StringValue text -> text(text.value(), place);
      case SampleValue.BytesValue bytes -> mismatch("a byte string", place);
    };
  }

  private static Encoded truth(boolean on, ModbusRegister place) {
    if (place.encoding() != Encoding.BOOL) {
      return mismatch("a truth value", place);
    }
    if (place.ofBits()) {
      return new Encoded.Coil(on);
    }
    boolean swapped = place.wordOrder() == WordOrder.BADC || place.wordOrder() == WordOrder.DCBA;
    if (place.form().bit() != RegisterForm.WHOLE) {
      int bit = 1 << place.form().bit();
      return new Encoded.Bit(swapped ? Short.reverseBytes((short) bit) & 0xFFFF : bit, on);
    }
    return wire(BigInteger.valueOf(on ? 1 : 0), place);
  }

  private static Encoded real(double value, ModbusRegister place) {
    double raw = Scaling.raw(value, place.form());
    return switch (place.encoding()) {
      case FLOAT64 -> wire(BigInteger.valueOf(Double.doubleToRawLongBits(raw)), place);
      case FLOAT32 -> single(raw, place);
      case BOOL, STRING -> mismatch("a number", place);
      default ->
          Double.isFinite(value)
              ? number(new BigDecimal(value), place)
              : new Refused(value + " cannot be written as " + name(place));
    };
  }

  private static Encoded single(double raw, ModbusRegister place) {
    float nearest = (float) raw;
    if (Float.isInfinite(nearest) && Double.isFinite(raw)) {
      return new Refused(raw + " exceeds what float32 can hold");
    }
    return wire(BigInteger.valueOf(Float.floatToRawIntBits(nearest)), place);
  }

  private static Encoded number(BigDecimal value, ModbusRegister place) {
    return switch (place.encoding()) {
      case BOOL, STRING -> mismatch("a number", place);
      case FLOAT32, FLOAT64 -> real(value.doubleValue(), place);
      default -> whole(value, place);
    };
  }

  private static Encoded whole(BigDecimal value, ModbusRegister place) {
    BigDecimal raw = value;
    if (place.form().isScaled()) {
      raw = Scaling.nearestRaw(value, place.form());
    } else if (value.stripTrailingZeros().scale() > 0) {
      return new Refused(
          value.toPlainString() + " is not whole; " + name(place) + " holds whole numbers");
    }
    BigInteger number = raw.toBigInteger();
    BigInteger least = least(place.encoding());
    BigInteger most = most(place.encoding());
    if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
      String meant = place.form().isScaled() ? value.toPlainString() + " is raw " : "";
      return new Refused(
          meant + number + " does not fit " + name(place) + ", " + least + " to " + most);
    }
    return isBcd(place) ? wire(new BigInteger(number.toString(), 16), place) : wire(number, place);
  }

  private static BigInteger least(Encoding encoding) {
    return switch (encoding) {
      case INT16, INT32, INT64 -> BigInteger.TWO.pow(16 * encoding.registers() - 1).negate();
      default -> BigInteger.ZERO;
    };
  }

  private static BigInteger most(Encoding encoding) {
    return switch (encoding) {
      case INT16, INT32, INT64 ->
          BigInteger.TWO.pow(16 * encoding.registers() - 1).subtract(BigInteger.ONE);
      case BCD16, BCD32 -> BigInteger.TEN.pow(4 * encoding.registers()).subtract(BigInteger.ONE);
      default -> BigInteger.TWO.pow(16 * encoding.registers()).subtract(BigInteger.ONE);
    };
  }

  private static Encoded text(String text, ModbusRegister place) {
    if (place.encoding() != Encoding.STRING) {
      return mismatch("a text", place);
    }
    try {
      ByteBuffer encoded =
          StandardCharsets.ISO_8859_1.newEncoder().encode(java.nio.CharBuffer.wrap(text));
      int length = place.form().length();
      if (encoded.remaining() > length) {
        return new Refused(
            "the text has " + encoded.remaining() + " characters, the tag takes " + length);
      }
      if (text.indexOf('\0') >= 0) {
        return new Refused("the text holds a zero byte, where a reader would end it");
      }
      byte[] natural = new byte[2 * place.registers()];
      Arrays.fill(natural, 0, length, place.form().padding().filler());
      encoded.get(natural, 0, encoded.remaining());
      return new Encoded.Registers(RegisterBytes.wire(natural, place.wordOrder()));
    } catch (CharacterCodingException foreign) {
      return new Refused("the text has characters beyond ISO 8859-1");
    }
  }

  private static Encoded wire(BigInteger bits, ModbusRegister place) {
    byte[] natural = new byte[2 * place.registers()];
    for (int i = 0; i < natural.length; i++) {
      natural[natural.length - 1 - i] = bits.shiftRight(8 * i).byteValue();
    }
    return new Encoded.Registers(RegisterBytes.wire(natural, place.wordOrder()));
  }

  private static Refused mismatch(String what, ModbusRegister place) {
    return new Refused(what + " cannot be written as " + name(place));
  }

  private static boolean isBcd(ModbusRegister place) {
    return place.encoding() == Encoding.BCD16 || place.encoding() == Encoding.BCD32;
  }

  private static String name(ModbusRegister place) {
    return place.encoding().name().toLowerCase(java.util.Locale.ROOT);
  }

  private RegisterEncoder() {}
}
