package io.linewright.edge.app.uplink.link;

import java.io.IOException;

/** One message can never be sent; the connection is good. */
public final class RefusedMessageException extends IOException {

  private static final long serialVersionUID = 1L;

  RefusedMessageException(String message) {
    super(message);
  }
}
