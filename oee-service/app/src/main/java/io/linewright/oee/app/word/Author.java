package io.linewright.oee.app.word;

import io.linewright.kit.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;

/**
 * Who says something, when, and by which request.
 *
 * @param by their name
 * @param atMicros when, microseconds since the epoch
 * @param idempotencyKey by which the request is known if it comes again; null: it has none
 * @param request fingerprint of what was asked, so that a key does not stand for two requests
 */
public record Author(String by, long atMicros, @Nullable String idempotencyKey, String request) {

  /** Who says what those parts of a request say. */
  public static Author of(
      String by, long atMicros, @Nullable String idempotencyKey, @Nullable Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      String one = String.valueOf(part);
      text.append(part == null ? -1 : one.length()).append(':').append(one);
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return new Author(by, atMicros, idempotencyKey, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  /** The same without the key, for a second word of one request. */
  public Author further() {
    return new Author(by, atMicros, null, request);
  }

  /** The fingerprint, where it is kept: beside a key. */
  @Nullable String keptRequest() {
    return idempotencyKey == null ? null : request;
  }

  /**
   * Somebody used the key before.
   *
   * @throws RefusedException {@code idempotency-key-reused} if they asked something else
   */
  public void requireSame(String before) {
    if (!before.equals(request)) {
      throw reused();
    }
  }

  /**
   * Does what is asked. Requests about one machine wait for each other; those about two machines,
   * with one key at the same moment, meet in the table.
   *
   * @throws RefusedException {@code idempotency-key-reused} if they do
   */
  public <T> T once(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (DuplicateKeyException twice) {
      if (String.valueOf(twice.getMessage()).contains("idempotency_key")) {
        throw reused();
      }
      throw twice;
    }
  }

  private RefusedException reused() {
    return new RefusedException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "idempotency-key-reused",
        "The Idempotency-Key %s came before with another request; send a new one with each"
            .formatted(idempotencyKey));
  }
}
