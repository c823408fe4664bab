package io.linewright.edge.modbus.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * RTU messages in a TCP stream: unit, PDU, CRC-16, low byte first (MODBUS over Serial Line V1.02,
 * clause 2.5.1). On a serial line 3.5 silent characters separate messages; TCP does not keep
 * silences, so the length follows from function code and byte count, and the check sum decides.
 *
 * <p>After a wrong check sum or an unknown function code one byte is thrown away and the search
 * goes on behind it. Only answers are understood, not requests.
 */
public final class RtuFraming implements Framing {

  /** Unit and check sum around a PDU. */
  private static final int AROUND = 3;

  private static final int MAX_FRAME = Frame.MAX_PDU + AROUND;

  /** More bytes than that is not known yet. */
  private static final int UNKNOWN = -1;

  private static final int NONE = 0;

  private final byte[] partial = new byte[MAX_FRAME];
  private int filled;
  private long discarded;

  @Override
  public byte[] encode(Frame frame) {
    byte[] pdu = frame.pdu();
    MbapFraming.requireSize(pdu);
    byte[] bytes = new byte[pdu.length + AROUND];
    bytes[0] = (byte) frame.unit();
    System.arraycopy(pdu, 0, bytes, 1, pdu.length);
    int sum = Crc16.of(bytes, 0, pdu.length + 1);
    bytes[pdu.length + 1] = (byte) sum;
    bytes[pdu.length + 2] = (byte) (sum >> 8);
    return bytes;
  }

  @Override
  public List<Frame> decode(byte[] data, int length) {
    List<Frame> frames = new ArrayList<>();
    int at = 0;
    while (at < length) {
      int taken = Math.min(MAX_FRAME - filled, length - at);
      System.arraycopy(data, at, partial, filled, taken);
      filled += taken;
      at += taken;
      takeFrames(frames);
    }
    return frames;
  }

  private void takeFrames(List<Frame> frames) {
    int from = 0;
    while (from < filled) {
      int size = size(from);
      if (size == UNKNOWN || size > filled - from) {
        break;
      }
      if (size != NONE && sound(from, size)) {
        frames.add(
            new Frame(
                Frame.UNNUMBERED,
                partial[from] & 0xFF,
                Arrays.copyOfRange(partial, from + 1, from + size - 2)));
        from += size;
      } else {
        from++;
        discarded++;
      }
    }
    System.arraycopy(partial, from, partial, 0, filled - from);
    filled -= from;
  }

  private boolean sound(int from, int size) {
    int sum = Crc16.of(partial, from, size - 2);
    int sent = partial[from + size - 2] & 0xFF | (partial[from + size - 1] & 0xFF) << 8;
    return sum == sent;
  }

  /** Bytes of the answer that begins there, if one does. */
  private int size(int from) {
    int available = filled - from;
    if (available < 2) {
      return UNKNOWN;
    }
    int function = partial[from + 1] & 0xFF;
    if (function > 0x80) {
      return known(function & 0x7F) ? 2 + AROUND : NONE;
    }
    return switch (function) {
      case 1, 2, 3, 4, 23 -> available < 3 ? UNKNOWN : counted(partial[from + 2] & 0xFF);
      case 5, 6, 15, 16 -> 5 + AROUND;
      case 22 -> 7 + AROUND;
      default -> NONE;
    };
  }

  private static int counted(int bytes) {
    return bytes + 2 <= Frame.MAX_PDU ? bytes + 2 + AROUND : NONE;
  }

  private static boolean known(int function) {
    return function >= 1 && function <= 6
        || function == 15
        || function == 16
        || function == 22
        || function == 23;
  }

  @Override
  public void reset() {
    discarded += filled;
    filled = 0;
  }

  @Override
  public boolean numbered() {
    return false;
  }

  @Override
  public long discarded() {
    return discarded;
  }
}
