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
}
