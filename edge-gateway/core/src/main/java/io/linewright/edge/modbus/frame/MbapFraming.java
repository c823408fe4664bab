package io.linewright.edge.modbus.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Modbus TCP: seven bytes of header (transaction, protocol 0, length, unit) before each PDU (MODBUS
 * Messaging on TCP/IP Implementation Guide V1.0b, clause 3.1.3).
 */
public final class MbapFraming implements Framing {

  private static final int HEADER = 7;

  /** What the length field counts at least: unit and function code. */
  private static final int LEAST_LENGTH = 2;

  private final byte[] partial = new byte[HEADER + Frame.MAX_PDU];
  private int filled;

  @Override
  public byte[] encode(Frame frame) {
    byte[] pdu = frame.pdu();
    requireSize(pdu);
    byte[] bytes = new byte[HEADER + pdu.length];
    bytes[0] = (byte) (frame.transaction() >> 8);
    bytes[1] = (byte) frame.transaction();
    bytes[4] = (byte) (pdu.length + 1 >> 8);
    bytes[5] = (byte) (pdu.length + 1);
    bytes[6] = (byte) frame.unit();
    System.arraycopy(pdu, 0, bytes, HEADER, pdu.length);
    return bytes;
  }

  static void requireSize(byte[] pdu) {
    if (pdu.length == 0 || pdu.length > Frame.MAX_PDU) {
      throw new IllegalArgumentException("a PDU has 1 to 253 bytes, not " + pdu.length);
    }
  }

  @Override
  public List<Frame> decode(byte[] data, int length) throws FramingException {
    List<Frame> frames = new ArrayList<>();
    int at = 0;
    while (at < length) {
      int wanted = filled < HEADER ? HEADER : HEADER - 1 + lengthField();
      int taken = Math.min(wanted - filled, length - at);
      System.arraycopy(data, at, partial, filled, taken);
      filled += taken;
      at += taken;
      if (filled == HEADER) {
        checkHeader();
      }
      if (filled > HEADER && filled == HEADER - 1 + lengthField()) {
        frames.add(
            new Frame(field(0), partial[6] & 0xFF, Arrays.copyOfRange(partial, HEADER, filled)));
        filled = 0;
      }
    }
    return frames;
  }

  private void checkHeader() throws FramingException {
    if (field(2) != 0) {
      throw new FramingException(
          "the answer has protocol " + field(2) + " instead of 0: this is not Modbus TCP");
    }
    if (lengthField() < LEAST_LENGTH || lengthField() > Frame.MAX_PDU + 1) {
      throw new FramingException(
          "the answer claims " + lengthField() + " bytes; Modbus has 2 to 254");
    }
  }

  private int lengthField() {
    return field(4);
  }

  private int field(int at) {
    return (partial[at] & 0xFF) << 8 | partial[at + 1] & 0xFF;
  }

  @Override
  public void reset() {
    filled = 0;
  }

  @Override
  public boolean numbered() {
    return true;
  }

  @Override
  public long discarded() {
    return 0;
  }
}
