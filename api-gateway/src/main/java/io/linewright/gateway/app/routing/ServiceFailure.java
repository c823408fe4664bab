package io.linewright.gateway.app.routing;

import io.linewright.kit.problem.Problems;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.ServerResponse;

/** What a client is told when a service does not answer as it should. */
final class ServiceFailure {

  private static final String RETRY_AFTER_SECONDS = "5";

  private ServiceFailure() {}

  /** The answer for that failure to ask that service. */
  static ServerResponse answer(String service, Exception failure) {
    if (caused(failure, BodyTooLargeException.class)) {
      return problem(
          HttpStatus.CONTENT_TOO_LARGE,
          "content-too-large",
          "The request's body is larger than this gateway accepts.");
    }
    if (caused(failure, ConnectException.class)
        || caused(failure, HttpConnectTimeoutException.class)) {
      return problem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "service-unavailable",
          service + " cannot be reached. It may be starting; try again in a few seconds.");
    }
    if (caused(failure, HttpTimeoutException.class)) {
      return problem(
          HttpStatus.GATEWAY_TIMEOUT,
          "service-timeout",
          service + " did not answer in time. Ask for less at once, or try again.");
    }
    return problem(
        HttpStatus.BAD_GATEWAY,
        "service-failed",
        service + " broke off its answer. Try again; if it lasts, see the log of " + service + ".");
  }

  /** The answer when all live streams are taken. */
  static ServerResponse tooManyStreams() {
    return problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "too-many-streams",
        "All live streams of this gateway are taken. Close other pages, or try again later.");
  }

  /** The answer to a question that cannot be understood. */
  static ServerResponse badRequest(String detail) {
    return problem(HttpStatus.BAD_REQUEST, "invalid-value", detail);
  }

  /** The answer to a session that has lost its right. */
  static ServerResponse sessionEnded() {
    return problem(
        HttpStatus.UNAUTHORIZED, "unauthenticated", "The session has ended. Log in again.");
  }

  private static ServerResponse problem(HttpStatus status, String kind, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(Problems.TYPE_PREFIX + kind));
    ServerResponse.BodyBuilder answer =
        ServerResponse.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.body(problem);
  }

  private static boolean caused(Throwable failure, Class<? extends Throwable> kind) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
