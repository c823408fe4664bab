package io.linewright.edge.modbus.write;

/** One write request (MODBUS Application Protocol V1.1b3). */
public sealed interface WriteRequest {

  /** First address that is written. */
  int address();

  /** Function code 5. */
  record SingleCoil(int address, boolean on) implements WriteRequest {}

  /**
   * Function code 6.
   *
   * @param value 0 to 65535
   */
  record SingleRegister(int address, int value) implements WriteRequest {}

  /**
   * Function code 15.
   *
   * @param count 1 to 1968
   * @param packed lowest bit of the first byte is the first coil
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and only read
  record Coils(int address, int count, byte[] packed) implements WriteRequest {}

  /**
   * Function code 16.
   *
   * @param wire 1 to 123 registers, two bytes each
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and only read
  record Registers(int address, byte[] wire) implements WriteRequest {}

  /**
   * Function code 22: the register becomes {@code (old AND and) OR (or AND NOT and)}.
   *
   * @param and bits that stay, 0 to 65535
   * @param or new values of the others, 0 to 65535
   */
  record Mask(int address, int and, int or) implements WriteRequest {}

  /**
   * Function code 23: writes, then reads the same registers in one transaction.
   *
   * @param wire 1 to 121 registers, two bytes each
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and only read
  record WriteThenRead(int address, byte[] wire) implements WriteRequest {}
}
