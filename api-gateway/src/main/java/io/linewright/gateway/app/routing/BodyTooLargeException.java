package io.linewright.gateway.app.routing;

import java.io.IOException;

/** A request body turned out larger than allowed while it was being forwarded. */
final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1;

  BodyTooLargeException(String message) {
    super(message);
  }
}
