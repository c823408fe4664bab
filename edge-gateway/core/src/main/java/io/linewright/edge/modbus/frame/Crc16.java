package io.linewright.edge.modbus.frame;

/**
 * CRC-16 of Modbus: polynomial 0xA001 (0x8005 reflected), start 0xFFFF, low byte sent first (MODBUS
 * over Serial Line V1.02, clause 2.5.1.2 and appendix B).
 */
final class Crc16 {

  private static final int POLYNOMIAL = 0xA001;
  private static final int START = 0xFFFF;
  private static final int[] TABLE = table();

  /** Check sum of some bytes, 0 to 65535. */
  static int of(byte[] bytes, int from, int length) {
    int sum = START;
    for (int i = from; i < from + length; i++) {
      sum = sum >>> 8 ^ TABLE[(sum ^ bytes[i]) & 0xFF];
    }
    return sum;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int value = 0; value < table.length; value++) {
      int sum = value;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) == 0 ? sum >>> 1 : sum >>> 1 ^ POLYNOMIAL;
      }
      table[value] = sum;
    }
    return table;
  }

  private Crc16() {}
}
