package io.linewright.model.telemetry;

/** Bytes that are not a telemetry batch. Retrying does not help; set them aside. */
public final class TelemetryFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the bytes. */
  public enum Reason {
    /** More than {@link TelemetryBatch#MAX_BYTES} or {@link TelemetryBatch#MAX_SAMPLES}. */
    TOO_LARGE,
    /** Not Protobuf, or cut off. */
    MALFORMED,
    /** A name, path or number outside its range, or columns that do not fit together. */
    INVALID
  }

  private final Reason reason;

  public TelemetryFormatException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What is wrong, for counters and quarantine. */
  public Reason reason() {
    return reason;
  }
}
