package io.linewright.edge.modbus;

import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.util.Optional;

/**
 * Turns registers into values. On the wire each register is two bytes, high byte first (MODBUS
 * Application Protocol V1.1b3, clause 4.2); how several registers form a value is not in the
 * standard and therefore configured.
 */
public final class RegisterDecoder {

  /** Bit patterns of 16, 32 or 64 bits, most significant register first. */
  private static final int BITS_PER_REGISTER = 16;

  /**
   * The bits of a value in their natural order.
   *
   * @param data answer of a register read, two bytes per register
   * @param register number of the first register within {@code data}, from 0
   * @param encoding tells how many registers there are
   * @param order how bytes are arranged: ABCD big-endian, CDAB words swapped, BADC bytes swapped
   *     within each word, DCBA little-endian
   * @return unsigned bits, right-aligned
   * @throws IndexOutOfBoundsException if the answer is too short
   */
  public static long bits(byte[] data, int register, Encoding encoding, WordOrder order) {
    int words = encoding.registers();
    boolean lowWordFirst = order == WordOrder.CDAB || order == WordOrder.DCBA;
    boolean lowByteFirst = order == WordOrder.BADC || order == WordOrder.DCBA;
    long bits = 0;
    for (int w = 0; w < words; w++) {
      int at = 2 * (register + (lowWordFirst ? words - 1 - w : w));
      int high = data[lowByteFirst ? at + 1 : at] & 0xFF;
      int low = data[lowByteFirst ? at : at + 1] & 0xFF;
      bits = bits << BITS_PER_REGISTER | high << 8 | low;
    }
    return bits;
  }

  /**
   * One bit of a coil or discrete-input answer, lowest bit of the first byte first (clause 6.1).
   */
  public static long bit(byte[] data, int index) {
    return data[index / 8] >> (index % 8) & 1;
  }

  /**
   * Whether every value of an encoding, except unsigned 64-bit ones above 2^63-1, fits a data type:
   * bool to boolean; integers to integer or double; floats to double.
   */
  public static boolean fits(Encoding encoding, DataType type) {
    return switch (encoding) {
      case BOOL -> type == DataType.BOOLEAN;
      case FLOAT32, FLOAT64 -> type == DataType.DOUBLE;
      default -> type == DataType.INTEGER || type == DataType.DOUBLE;
    };
  }

  /**
   * The value that bits stand for. NaN and infinities are values.
   *
   * @param bits as {@link #bits} gives them
   * @param encoding form of the value
   * @param type type of the tag; must {@linkplain #fits fit}
   * @return empty if an unsigned 64-bit value exceeds the tag's signed 64 bits
   */
  public static Optional<SampleValue> value(long bits, Encoding encoding, DataType type) {
    return switch (encoding) {
      case BOOL -> Optional.of(SampleValue.of(bits != 0));
      case FLOAT32 -> Optional.of(SampleValue.of((double) Float.intBitsToFloat((int) bits)));
      case FLOAT64 -> Optional.of(SampleValue.of(Double.longBitsToDouble(bits)));
      case INT16 -> Optional.of(number((short) bits, type));
      case INT32 -> Optional.of(number((int) bits, type));
      case UINT16, UINT32, INT64 -> Optional.of(number(bits, type));
      case UINT64 -> unsigned(bits, type);
    };
  }

  private static SampleValue number(long value, DataType type) {
    return type == DataType.DOUBLE ? SampleValue.of((double) value) : SampleValue.of(value);
  }

  private static Optional<SampleValue> unsigned(long bits, DataType type) {
    if (bits >= 0) {
      return Optional.of(number(bits, type));
    }
    return type == DataType.DOUBLE
        ? Optional.of(SampleValue.of((double) (bits >>> 1) * 2.0))
        : Optional.empty();
  }

  private RegisterDecoder() {}
}
