package io.linewright.edge.modbus.frame;

/** Bytes that cannot be Modbus: the stream is of no more use. The message says why. */
public final class FramingException extends Exception {

  private static final long serialVersionUID = 1L;

  FramingException(String message) {
    super(message);
  }
}
