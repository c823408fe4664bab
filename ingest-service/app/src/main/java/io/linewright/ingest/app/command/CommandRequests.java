package io.linewright.ingest.app.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What requests of commands have in common. */
final class CommandRequests {

  private static final long DEFAULT_SECONDS = 30;
  private static final long MAX_SECONDS = 86_400;
  private static final int MAX_REASON = 1_000;

  private CommandRequests() {}

  /**
   * @throws IllegalArgumentException if it is no time that a command may live
   */
  static Duration life(@Nullable Long seconds) {
    long wanted = seconds == null ? DEFAULT_SECONDS : seconds;
    if (wanted < 1 || wanted > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "expiresInSeconds must be 1 to %d, not %d".formatted(MAX_SECONDS, wanted));
    }
    return Duration.ofSeconds(wanted);
  }

  /**
   * @throws IllegalArgumentException if it cannot be kept
   */
  static String reason(@Nullable String text) {
    String reason = text == null ? "" : text;
    if (reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a reason has at most %d characters, none of them U+0000".formatted(MAX_REASON));
    }
    return reason;
  }
}
