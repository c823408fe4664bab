package io.linewright.edge.config;

import io.linewright.edge.opcua.Monitoring;
import io.linewright.edge.opcua.ValuePath;

/** Where a tag is read on its device. */
public sealed interface TagAddress {

  /**
   * A variable on an OPC UA server.
   *
   * @param nodeId OPC UA text form, {@code ns=1;s=…} or {@code nsu=…;s=…}
   * @param monitoring how the server is asked to watch it
   * @param part which part of the value the tag shows
   */
  record OpcUaNode(String nodeId, Monitoring monitoring, ValuePath part) implements TagAddress {

    /** The whole value, watched as the server likes. */
    public OpcUaNode(String nodeId) {
      this(nodeId, Monitoring.DEFAULT, ValuePath.WHOLE);
    }
  }

  /**
   * A value in Modbus registers.
   *
   * @param table which address space
   * @param address zero-based address on the wire, 0 to 65535
   * @param encoding how the registers form a value
   * @param wordOrder order of bytes over several registers
   * @param form length, bit and scaling
   */
  record ModbusRegister(
      Table table, int address, Encoding encoding, WordOrder wordOrder, RegisterForm form)
      implements TagAddress {

    /** A value without length, bit or scaling of its own. */
    public ModbusRegister(Table table, int address, Encoding encoding, WordOrder wordOrder) {
      this(table, address, encoding, wordOrder, RegisterForm.PLAIN);
    }

    /** Registers (or coils) that the value takes, 1 or more. */
    public int registers() {
      return encoding == Encoding.STRING ? (form.length() + 1) / 2 : encoding.registers();
    }

    /** First address behind the value. */
    public int end() {
      return address + registers();
    }

    /** Whether it is a coil or discrete input. */
    public boolean ofBits() {
      return table == Table.COIL || table == Table.DISCRETE;
    }
  }

  /** Modbus address spaces. */
  enum Table {
    COIL,
    DISCRETE,
    HOLDING,
    INPUT
  }

  /** Forms of a value in registers. */
  enum Encoding {
    BOOL(1),
    INT16(1),
    UINT16(1),
    INT32(2),
    UINT32(2),
    INT64(4),
    UINT64(4),
    FLOAT32(2),
    FLOAT64(4),
    /** Four decimal digits, one in each half byte. */
    BCD16(1),
    /** Eight decimal digits. */
    BCD32(2),
    /** One byte per character, two in each register; its length is in {@link RegisterForm}. */
    STRING(1);

    private final int registers;

    Encoding(int registers) {
      this.registers = registers;
    }

    /** Registers (or coils) that one value takes; for texts, the least. */
    public int registers() {
      return registers;
    }
  }

  /**
   * Order of the bytes A (most significant) to D; 64-bit values and texts extend the same pattern:
   * CDAB reverses the words, BADC the bytes within each word, DCBA does both.
   */
  enum WordOrder {
    ABCD,
    CDAB,
    BADC,
    DCBA
  }
}
