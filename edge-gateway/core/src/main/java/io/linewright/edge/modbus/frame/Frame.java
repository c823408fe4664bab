package io.linewright.edge.modbus.frame;

/**
 * One message.
 *
 * @param transaction number of the request that it belongs to, 0 to 65535; {@link #UNNUMBERED} in
 *     RTU framing
 * @param unit unit id, 0 to 255
 * @param pdu function code and data, 1 to 253 bytes; never changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // made once and only read
public record Frame(int transaction, int unit, byte[] pdu) {

  /** RTU messages carry no number. */
  public static final int UNNUMBERED = -1;

  /** Most bytes of function code and data (clause 4.1). */
  public static final int MAX_PDU = 253;

  /** Function code, 1 to 255; above 127 it is an exception answer. */
  public int functionCode() {
    return pdu[0] & 0xFF;
  }
}
