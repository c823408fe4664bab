package io.linewright.edge.sparkplug;

import java.util.Optional;

/** Data types of Sparkplug B 3.0, chapter 6.4.16, with their numbers. */
public enum SparkplugType {
  INT8(1),
  INT16(2),
  INT32(3),
  INT64(4),
  UINT8(5),
  UINT16(6),
  UINT32(7),
  UINT64(8),
  FLOAT(9),
  DOUBLE(10),
  BOOLEAN(11),
  STRING(12),
  DATETIME(13),
  TEXT(14),
  UUID(15),
  DATASET(16),
  BYTES(17),
  FILE(18),
  TEMPLATE(19);

  private final int number;

  SparkplugType(int number) {
    this.number = number;
  }

  /** Number on the wire. */
  public int number() {
    return number;
  }

  /** The type with that number; empty for unknown numbers and array types. */
  public static Optional<SparkplugType> of(int number) {
    return number >= 1 && number <= values().length
        ? Optional.of(values()[number - 1])
        : Optional.empty();
  }

  /** Whether the value travels in the 32-bit field of a metric. */
  public boolean narrow() {
    return switch (this) {
      case INT8, INT16, INT32, UINT8, UINT16, UINT32 -> true;
      default -> false;
    };
  }

  /**
   * A value from the wire in the meaning of this type. Data messages may leave the type out; the
   * birth's type then tells how to read the bits.
   *
   * @param wire Long (32-bit fields without sign, 64-bit fields as their bits), Float, Double,
   *     Boolean, String or byte[]
   * @return Long, Float, Double, Boolean, String or byte[]; empty if the value does not fit the
   *     type. A value that was read once comes back unchanged
   */
  public Optional<Object> read(Object wire) {
    return switch (this) {
      case INT8 -> signed(wire, 8);
      case INT16 -> signed(wire, 16);
      case INT32 -> signed(wire, 32);
      case UINT8 -> unsigned(wire, 0xFFL);
      case UINT16 -> unsigned(wire, 0xFFFFL);
      case UINT32 -> unsigned(wire, 0xFFFF_FFFFL);
      case INT64, UINT64, DATETIME -> only(Long.class, wire);
      case FLOAT -> only(Float.class, wire);
      case DOUBLE -> only(Double.class, wire);
      case BOOLEAN -> only(Boolean.class, wire);
      case STRING, TEXT, UUID -> only(String.class, wire);
      case BYTES, FILE -> only(byte[].class, wire);
      case DATASET, TEMPLATE -> Optional.empty();
    };
  }

  private static Optional<Object> only(Class<?> type, Object wire) {
    return type.isInstance(wire) ? Optional.of(wire) : Optional.empty();
  }

  private static Optional<Object> unsigned(Object wire, long max) {
    return wire instanceof Long n && n >= 0 && n <= max ? Optional.of(n) : Optional.empty();
  }

  /** Senders write negative numbers as two's complement of 8, 16, 32 or 64 bits. */
  private static Optional<Object> signed(Object wire, int bits) {
    if (!(wire instanceof Long n)) {
      return Optional.empty();
    }
    long min = -1L << (bits - 1);
    if (n >= min && n < -min) {
      return Optional.of(n);
    }
    if (n >= 0 && n < 1L << bits) {
      return Optional.of(n + 2 * min);
    }
    long asInt = n.intValue();
    return n >>> 32 == 0 && asInt >= min && asInt < 0 ? Optional.of(asInt) : Optional.empty();
  }
}
