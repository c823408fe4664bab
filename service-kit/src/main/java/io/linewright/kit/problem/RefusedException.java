package io.linewright.kit.problem;

import org.springframework.http.HttpStatus;

/** A request that is refused, with the answer to give. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final int retryAfterSeconds;

  /**
   * @param code stable name of the kind of problem in kebab case
   * @param detail what happened, where, and what to do; shown to the client
   */
  public RefusedException(HttpStatus status, String code, String detail) {
    this(status, code, detail, 0);
  }

  /**
   * @param retryAfterSeconds when to ask again, as the header {@code Retry-After} tells; 0: it does
   *     not
   */
  public RefusedException(HttpStatus status, String code, String detail, int retryAfterSeconds) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
