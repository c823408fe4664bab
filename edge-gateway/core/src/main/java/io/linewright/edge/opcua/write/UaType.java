package io.linewright.edge.opcua.write;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** OPC UA's built-in types (part 6, clause 5.1.2) that values of tags are written to. */
public enum UaType {
  BOOLEAN(1),
  SBYTE(2),
  BYTE(3),
  INT16(4),
  UINT16(5),
  INT32(6),
  UINT32(7),
  INT64(8),
  UINT64(9),
  FLOAT(10),
  DOUBLE(11),
  STRING(12),
  DATE_TIME(13),
  BYTE_STRING(15);

  /** Enumeration, which is written as Int32 (part 3, clause 8.14). */
  private static final int ENUMERATION = 29;

  private final int id;

  UaType(int id) {
    this.id = id;
  }

  /**
   * The type of a data type node in namespace 0.
   *
   * @param id its numeric identifier
   * @return empty if values of tags are not written to it
   */
  public static Optional<UaType> of(long id) {
    return id == ENUMERATION
        ? Optional.of(INT32)
        : Arrays.stream(values()).filter(type -> type.id == id).findFirst();
  }

  boolean isInteger() {
    return id >= SBYTE.id && id <= UINT64.id;
  }

  /** Least number of an integer type. */
  BigInteger least() {
    return signed() ? BigInteger.TWO.pow(bits() - 1).negate() : BigInteger.ZERO;
  }

  /** Greatest number of an integer type. */
  BigInteger most() {
    return BigInteger.TWO.pow(signed() ? bits() - 1 : bits()).subtract(BigInteger.ONE);
  }

  private boolean signed() {
    return id % 2 == 0;
  }

  private int bits() {
    return 8 << (id - SBYTE.id) / 2;
  }
}
