package io.linewright.edge.app.sparkplug;

/** Bytes are not a Sparkplug payload, or exceed a limit; the message says which. */
public final class SparkplugFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  SparkplugFormatException(String message) {
    super(message);
  }

  SparkplugFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
