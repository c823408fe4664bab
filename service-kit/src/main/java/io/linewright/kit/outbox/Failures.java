package io.linewright.kit.outbox;

import java.util.List;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Tells what Kafka refuses from what it cannot do at the moment. */
final class Failures {

  private static final int MAX_DEPTH = 20;
  private static final int MAX_LENGTH = 300;

  private static final List<Class<? extends Exception>> REFUSALS =
      List.of(
          AuthorizationException.class,
          AuthenticationException.class,
          InvalidTopicException.class,
          RecordTooLargeException.class);

  private Failures() {}

  /** Whether the same event will be refused again until somebody changes something. */
  static boolean refusal(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      for (Class<? extends Exception> refusal : REFUSALS) {
        if (refusal.isInstance(cause)) {
          return true;
        }
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** One sentence for people: the innermost cause, because the others only say that it failed. */
  static String describe(Throwable failure) {
    Throwable innermost = failure;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Throwable cause = innermost.getCause();
      if (cause == null) {
        break;
      }
      innermost = cause;
    }
    String message = String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    String cut = message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "…";
    return innermost.getClass().getSimpleName() + ": " + cut;
  }
}
