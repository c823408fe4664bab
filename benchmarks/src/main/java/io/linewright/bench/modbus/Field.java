package io.linewright.bench.modbus;

import java.util.ArrayList;
import java.util.List;

/**
 * One value within a block of 125 registers.
 *
 * @param kind how it is encoded
 * @param order word order: ABCD, CDAB, BADC or DCBA
 * @param register first register, from 0
 */
record Field(Kind kind, String order, int register) {

  /** Registers of a block, the most that one read may bring. */
  static final int BLOCK = 125;

  /** Characters of a text. */
  static final int LENGTH = 8;

  /** Encodings, with their name in gateway files. */
  enum Kind {
    INT16("int16", "integer", 1),
    UINT16("uint16", "integer", 1),
    INT32("int32", "integer", 2),
    UINT32("uint32", "integer", 2),
    INT64("int64", "integer", 4),
    UINT64("uint64", "integer", 4),
    FLOAT32("float32", "double", 2),
    FLOAT64("float64", "double", 4),
    BCD16("bcd16", "integer", 1),
    BCD32("bcd32", "integer", 2),
    STRING("string, length: 8", "string", 4),
    BIT("bool, bit: 11", "boolean", 1);

    private final String encoding;
    private final String type;
    private final int registers;

    Kind(String encoding, String type, int registers) {
      this.encoding = encoding;
      this.type = type;
      this.registers = registers;
    }

    int registers() {
      return registers;
    }
  }

  /** All kinds in all word orders, then words until the block is full: 61 values. */
  static List<Field> block() {
    List<Field> fields = new ArrayList<>();
    int register = 0;
    for (String order : List.of("ABCD", "CDAB", "BADC", "DCBA")) {
      for (Kind kind : Kind.values()) {
        fields.add(new Field(kind, order, register));
        register += kind.registers;
      }
    }
    while (register < BLOCK) {
      fields.add(new Field(Kind.UINT16, "ABCD", register));
      register++;
    }
    return List.copyOf(fields);
  }

  /** Its entry in a gateway file. */
  String yaml(String name, int blockStart) {
    return "{name: %s, register: \"holding:%d\", encoding: %s, word-order: %s, type: %s}"
        .formatted(name, blockStart + register, kind.encoding, order, kind.type);
  }
}
