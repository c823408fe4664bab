package io.linewright.edge.modbus.value;

import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.value.Decoded.Unusable;
import io.linewright.edge.modbus.value.Decoded.Value;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Turns registers into values. */
public final class RegisterDecoder {

  private static final int BITS_PER_REGISTER = 16;

  /** OPC UA Bad_OutOfRange. */
  private static final StatusCode BAD_OUT_OF_RANGE = new StatusCode(0x803C0000);

  /**
   * The bits of a number in their natural order.
   *
   * @param data answer of a register read, two bytes per register
   * @param register number of the first register within {@code data}, from 0
   * @param encoding any but text; tells how many registers there are
   * @param order how bytes are arranged
   * @return unsigned bits, right-aligned
   * @throws IndexOutOfBoundsException if the answer is too short
   */
  public static long bits(byte[] data, int register, Encoding encoding, WordOrder order) {
    int words = encoding.registers();
    long bits = 0;
    for (int i = 0; i < 2 * words; i++) {
      bits = bits << 8 | data[2 * register + RegisterBytes.place(i, words, order)] & 0xFF;
    }
    return bits;
  }

  /** Like {@link #bits(byte[], int, Encoding, WordOrder)}; of a single bit, 0 or 1. */
  public static long bits(byte[] data, int register, ModbusRegister place) {
    long bits = bits(data, register, place.encoding(), place.wordOrder());
    int bit = place.form().bit();
    return bit == RegisterForm.WHOLE ? bits : bits >>> bit & 1;
  }

  /**
   * One bit of a coil or discrete-input answer, lowest bit of the first byte first (clause 6.1).
   */
  public static long bit(byte[] data, int index) {
    return data[index / 8] >> (index % 8) & 1;
  }

  /**
   * Whether every value of an encoding, except unsigned 64-bit ones above 2^63-1, fits a data type:
   * bool to boolean; integers and BCD to integer or double; floats to double; texts to string.
   * Scaled numbers fit integer only if scale and offset are whole.
   */
  public static boolean fits(Encoding encoding, RegisterForm form, DataType type) {
    return switch (encoding) {
      case BOOL -> type == DataType.BOOLEAN;
      case STRING -> type == DataType.STRING;
      case FLOAT32, FLOAT64 -> type == DataType.DOUBLE;
      default -> type == DataType.DOUBLE || type == DataType.INTEGER && Scaling.keepsWhole(form);
    };
  }

  /**
   * The number or truth value that bits stand for. NaN and infinities are values.
   *
   * @param bits as {@link #bits(byte[], int, ModbusRegister)} gives them
   * @param place encoding (any but text) and scaling
   * @param type type of the tag; must {@linkplain #fits fit}
   */
  public static Decoded number(long bits, ModbusRegister place, DataType type) {
    RegisterForm form = place.form();
    return switch (place.encoding()) {
      case BOOL -> new Value(SampleValue.of(bits != 0));
      case FLOAT32 -> real(Float.intBitsToFloat((int) bits), form);
      case FLOAT64 -> real(Double.longBitsToDouble(bits), form);
      case INT16 -> whole((short) bits, false, form, type);
      case INT32 -> whole((int) bits, false, form, type);
      case UINT16, UINT32, INT64 -> whole(bits, false, form, type);
      case UINT64 -> whole(bits, true, form, type);
      case BCD16, BCD32 -> bcd(bits, place, type);
      case STRING -> throw new IllegalArgumentException("a text is no number");
    };
  }

  private static Decoded real(double raw, RegisterForm form) {
    return new Value(SampleValue.of(Scaling.apply(raw, form)));
  }

  private static Decoded whole(long raw, boolean unsigned, RegisterForm form, DataType type) {
    boolean beyondSigned = unsigned && raw < 0;
    if (type == DataType.DOUBLE) {
      double number = beyondSigned ? (double) (raw >>> 1 | raw & 1) * 2.0 : (double) raw;
      return real(number, form);
    }
    if (!beyondSigned && !form.isScaled()) {
      return new Value(SampleValue.of(raw));
    }
    OptionalLong scaled = Scaling.whole(raw, unsigned, form);
    return scaled.isPresent()
        ? new Value(SampleValue.of(scaled.getAsLong()))
        : new Unusable(
            StatusCode.BAD_TYPE_MISMATCH,
            Long.toUnsignedString(raw) + " exceeds the type integer; declare double instead");
  }

  private static Decoded bcd(long bits, ModbusRegister place, DataType type) {
    int digits = place.registers() * BITS_PER_REGISTER / 4;
    long number = 0;
    for (int i = digits - 1; i >= 0; i--) {
      long digit = bits >>> 4 * i & 0xF;
      if (digit > 9) {
        return new Unusable(
            BAD_OUT_OF_RANGE,
            "0x%X is not BCD, it has a digit above 9; check encoding and word order"
                .formatted(bits));
      }
      number = 10 * number + digit;
    }
    return whole(number, false, place.form(), type);
  }

  /**
   * The text in registers: one byte is one character of ISO 8859-1. It ends before the first zero
   * byte; if it is padded with blanks, behind its last other character.
   *
   * @param data answer of a register read
   * @param register number of the first register within {@code data}, from 0
   * @param place encoding text
   * @throws IndexOutOfBoundsException if the answer is too short
   */
  public static String text(byte[] data, int register, ModbusRegister place) {
    byte[] bytes = RegisterBytes.natural(data, register, place.registers(), place.wordOrder());
    int end = 0;
    while (end < place.form().length() && bytes[end] != 0) {
      end++;
    }
    while (place.form().padding() == RegisterForm.Padding.SPACE
        && end > 0
        && bytes[end - 1] == ' ') {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }

  /**
   * The value in registers, of whatever encoding.
   *
   * @param data answer of a register read
   * @param register number of the first register within {@code data}, from 0
   * @param type type of the tag; must {@linkplain #fits fit}
   * @throws IndexOutOfBoundsException if the answer is too short
   */
  public static Decoded decode(byte[] data, int register, ModbusRegister place, DataType type) {
    return place.encoding() == Encoding.STRING
        ? new Value(SampleValue.of(text(data, register, place)))
        : number(bits(data, register, place), place, type);
  }

  private RegisterDecoder() {}
}
