package io.linewright.standalone;

/** Why the platform does not start; the message says what happened, where, and what to do. */
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** A failure the user can act on. */
  public StartFailure(String message) {
    super(message);
  }

  /** A failure with its technical cause, which goes to the log. */
  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
