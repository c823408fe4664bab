package io.linewright.edge.app.opcua;

import org.jspecify.annotations.Nullable;

/** Something broke that can be taken up again without opening a new connection from scratch. */
final class BrokenException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What broke. */
  enum What {
    /** The channel or the session: reactivate, else transfer, else create. */
    SESSION,
    /** The subscription alone: create it anew in the same session. */
    SUBSCRIPTION
  }

  private final What what;

  BrokenException(What what, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.what = what;
  }

  What what() {
    return what;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
