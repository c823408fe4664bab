package io.linewright.edge.modbus.value;

/** A value on its way into registers. */
public sealed interface Encoded {

  /**
   * Whole registers.
   *
   * @param wire two bytes per register as they go over the wire; never changed after construction
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and only read
  record Registers(byte[] wire) implements Encoded {}

  /** A coil. */
  record Coil(boolean on) implements Encoded {}

  /**
   * One bit of a register; the others must stay as they are.
   *
   * @param mask the bit in the register as it goes over the wire, one of 0x0001 to 0x8000
   * @param on its new value
   */
  record Bit(int mask, boolean on) implements Encoded {}

  /**
   * A value that the tag's place cannot hold.
   *
   * @param reason what is wrong and what would do, for people
   */
  record Refused(String reason) implements Encoded {}
}
