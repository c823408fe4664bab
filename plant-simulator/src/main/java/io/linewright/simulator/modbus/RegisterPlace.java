package io.linewright.simulator.modbus;

import io.linewright.simulator.tag.PlantTag;

/**
 * Where a tag stands in the registers of its machine's unit.
 *
 * @param tag which tag
 * @param encoding how its values are written
 * @param address zero-based address of the first register or the coil
 */
public record RegisterPlace(PlantTag tag, Encoding encoding, int address) {

  /** How values are written. */
  public enum Encoding {
    /** One coil. */
    BOOL("bool", 1),
    UINT16("uint16", 1),
    UINT32("uint32", 2),
    FLOAT32("float32", 2);

    private final String text;
    private final int registers;

    Encoding(String text, int registers) {
      this.text = text;
      this.registers = registers;
    }

    /** Registers (or coils) that a value takes. */
    public int registers() {
      return registers;
    }

    /** Name in gateway files. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** Whether it is a coil rather than a holding register. */
  public boolean isCoil() {
    return encoding == Encoding.BOOL;
  }

  /** Address in gateway files: {@code holding:100}, {@code coil:0}. */
  public String text() {
    return (isCoil() ? "coil:" : "holding:") + address;
  }
}
