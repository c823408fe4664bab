package io.linewright.gateway.app.session;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The problems that the gateway itself reports. */
public final class Problems {

  private static final String PREFIX = "urn:linewright:problem:";

  private Problems() {}

  /**
   * A problem of the type {@code urn:linewright:problem:<kind>}.
   *
   * @param kind stable, in kebab case
   * @param detail what happened and what to do, for people
   */
  public static ProblemDetail of(HttpStatus status, String kind, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(PREFIX + kind));
    problem.setTitle(status.getReasonPhrase());
    return problem;
  }
}
