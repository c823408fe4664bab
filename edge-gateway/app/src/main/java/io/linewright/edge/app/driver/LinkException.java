package io.linewright.edge.app.driver;

import org.jspecify.annotations.Nullable;

/** Why a connection is of no more use. The message says what happened and what to do. */
public final class LinkException extends Exception {

  private static final long serialVersionUID = 1L;

  public LinkException(String message) {
    super(message);
  }

  public LinkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
