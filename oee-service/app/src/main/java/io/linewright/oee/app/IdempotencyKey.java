package io.linewright.oee.app;

import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}, by which a request that comes again is told. */
public final class IdempotencyKey {

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private IdempotencyKey() {}

  /**
   * @throws IllegalArgumentException if it is no key
   */
  public static String of(String text) {
    if (!KEY.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "an Idempotency-Key is 1 to 200 visible ASCII characters, such as a UUID");
    }
    return text;
  }
}
