package io.linewright.ingest.app.restore;

/** This installation cannot be made from that archive; the message says why and what to do. */
final class RestoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RestoreException(String message) {
    super(message);
  }

  RestoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
