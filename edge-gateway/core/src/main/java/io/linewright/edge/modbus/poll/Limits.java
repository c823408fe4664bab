package io.linewright.edge.modbus.poll;

/**
 * What one read may hold.
 *
 * @param registers most registers, 1 to 125 (clauses 6.3 and 6.4)
 * @param bits most coils or discrete inputs, 1 to 2000 (clauses 6.1 and 6.2)
 * @param registerGap most registers read in vain to join two values, 0 to 124
 * @param bitGap the same for coils and discrete inputs, 0 to 1999
 */
public record Limits(int registers, int bits, int registerGap, int bitGap) {

  /** Most registers of one read, clauses 6.3 and 6.4. */
  public static final int MAX_REGISTERS = 125;

  /** Most coils or discrete inputs of one read, clauses 6.1 and 6.2. */
  public static final int MAX_BITS = 2000;

  /**
   * The protocol's own limits; 16 registers or 128 bits are read in vain rather than asking once
   * more: a request costs more than 32 bytes.
   */
  public static final Limits DEFAULT = new Limits(MAX_REGISTERS, MAX_BITS, 16, 128);

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Limits {
    require("registers", registers, 1, MAX_REGISTERS);
    require("bits", bits, 1, MAX_BITS);
    require("registerGap", registerGap, 0, MAX_REGISTERS - 1);
    require("bitGap", bitGap, 0, MAX_BITS - 1);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
