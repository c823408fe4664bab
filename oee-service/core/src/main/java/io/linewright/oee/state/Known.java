package io.linewright.oee.state;

/** Whether it is known what a machine told of an instant. */
public enum Known {
  /** All that it told is there. */
  KNOWN,
  /** Something is missing, and is not waited for any more. */
  NO_DATA,
  /** Something may be missing, and may still come. */
  PENDING
}
