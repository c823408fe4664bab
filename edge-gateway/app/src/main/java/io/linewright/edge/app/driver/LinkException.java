package io.linewright.edge.app.driver;

/** Why a connection is of no more use. The message says what happened and what to do. */
public final class LinkException extends Exception {

  private static final long serialVersionUID = 1L;

  public LinkException(String message) {
    super(message);
  }

  public LinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
