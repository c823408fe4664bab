package io.linewright.kit.problem;

import org.springframework.http.HttpStatus;

/** A request that is refused, with the answer to give. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;

  /**
   * @param code stable name of the kind of problem in kebab case
   * @param detail what happened, where, and what to do; shown to the client
   */
  public RefusedException(HttpStatus status, String code, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }
}
