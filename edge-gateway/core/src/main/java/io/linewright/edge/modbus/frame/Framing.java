package io.linewright.edge.modbus.frame;

import java.util.List;

/** How messages lie in a stream of bytes. One object serves one connection and one thread. */
public sealed interface Framing permits MbapFraming, RtuFraming {

  /**
   * The bytes of a request.
   *
   * @param frame what to send; RTU leaves its number out
   * @throws IllegalArgumentException if the PDU has no byte or more than {@link Frame#MAX_PDU}
   */
  byte[] encode(Frame frame);

  /**
   * Takes bytes as they come and gives the messages that are complete with them. What is incomplete
   * is kept, at most one message.
   *
   * @param data received bytes; only read
   * @param length how many of them count
   * @throws FramingException if the stream cannot be Modbus or has lost its place for good
   */
  List<Frame> decode(byte[] data, int length) throws FramingException;

  /** Forgets an incomplete message. */
  void reset();

  /** Whether messages carry the number of their request. */
  boolean numbered();

  /** Bytes thrown away so far because they belonged to no message. */
  long discarded();
}
