package io.linewright.simulator.plant;

/**
 * A machine's place on Modbus TCP.
 *
 * @param unitId 1 to 247, unique in the plant
 * @param wordOrder order of the bytes of values that take several registers
 */
public record ModbusUnit(int unitId, WordOrder wordOrder) {

  /** Order of the bytes A (most significant) to D on the wire. */
  public enum WordOrder {
    ABCD,
    CDAB,
    BADC,
    DCBA
  }
}
