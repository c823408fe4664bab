package io.linewright.edge.modbus.value;

import io.linewright.edge.config.TagAddress.WordOrder;

/**
 * The order of bytes over registers. On the wire each register is two bytes, high byte first
 * (MODBUS Application Protocol V1.1b3, clause 4.2); how several registers form a value is not in
 * the standard and therefore configured.
 */
final class RegisterBytes {

  /**
   * The bytes of a value in their natural order, most significant (or first character) first.
   *
   * @param data answer of a register read, two bytes per register
   * @param register number of the first register within {@code data}, from 0
   * @param words registers of the value, 1 or more
   * @throws IndexOutOfBoundsException if the answer is too short
   */
  static byte[] natural(byte[] data, int register, int words, WordOrder order) {
    byte[] bytes = new byte[2 * words];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = data[2 * register + place(i, words, order)];
    }
    return bytes;
  }

  /** The inverse of {@link #natural}: bytes as they go over the wire. */
  static byte[] wire(byte[] natural, WordOrder order) {
    byte[] bytes = new byte[natural.length];
    for (int i = 0; i < natural.length; i++) {
      bytes[place(i, natural.length / 2, order)] = natural[i];
    }
    return bytes;
  }

  /** Where the i-th byte of a value stands on the wire. */
  static int place(int i, int words, WordOrder order) {
    boolean lowWordFirst = order == WordOrder.CDAB || order == WordOrder.DCBA;
    boolean lowByteFirst = order == WordOrder.BADC || order == WordOrder.DCBA;
    int word = lowWordFirst ? words - 1 - i / 2 : i / 2;
    return 2 * word + (lowByteFirst ? 1 - i % 2 : i % 2);
  }

  private RegisterBytes() {}
}
