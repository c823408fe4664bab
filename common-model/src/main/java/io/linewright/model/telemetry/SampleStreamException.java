package io.linewright.model.telemetry;

import java.io.IOException;

/** Bytes that are not a whole {@link SampleStream}. */
public final class SampleStreamException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the bytes. */
  public enum Reason {
    /** The stream has no end: the answer was broken off. Ask again. */
    BROKEN_OFF,
    /**
     * A frame of more than {@link SampleStream#MAX_FRAME_BYTES}, or a block of more than {@link
     * SampleStream#MAX_BLOCK} samples.
     */
    TOO_LARGE,
    /** Not Protobuf. */
    MALFORMED,
    /** Parts, columns, names or numbers that do not fit together. */
    INVALID
  }

  private final Reason reason;

  SampleStreamException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
