package io.linewright.kit.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error of a controller becomes problem details with a stable {@code type} (RFC 9457). */
@RestControllerAdvice
public final class Problems extends ResponseEntityExceptionHandler {

  /** Prefix of every {@code type}; what follows is listed in the REST documentation. */
  public static final String TYPE_PREFIX = "urn:linewright:problem:";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler(RefusedException.class)
  ProblemDetail refused(RefusedException refusal, HttpServletResponse response) {
    breakOffIfBegun(refusal, response);
    if (refusal.retryAfterSeconds() > 0) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(refusal.retryAfterSeconds()));
    }
    return problem(refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
  }

  /** Values of the model that refuse their text: a wrong path, tag or number in the request. */
  @ExceptionHandler(IllegalArgumentException.class)
  ProblemDetail invalid(IllegalArgumentException invalid, HttpServletResponse response) {
    breakOffIfBegun(invalid, response);
    return problem(HttpStatus.BAD_REQUEST, "invalid-value", String.valueOf(invalid.getMessage()));
  }

  @ExceptionHandler(Exception.class)
  @Nullable ProblemDetail unexpected(Exception failure, HttpServletResponse response)
      throws Exception {
    if (isOfClientThatWent(failure)) {
      LOG.debug("A client went away before it had its answer: {}", failure.getMessage());
      return null;
    }
    if (DatabaseTrouble.caused(failure)) {
      LOG.warn("The database could not do what a request needed: {}", failure.getMessage());
      breakOffIfBegun(failure, response);
      return problem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "database-unavailable",
          "The database does not answer or has no room at the moment; try again later");
    }
    LOG.error("A request failed", failure);
    breakOffIfBegun(failure, response);
    return problem(
        HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "The service's log has the cause");
  }

  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem && status.is4xxClientError()) {
      problem.setType(URI.create(TYPE_PREFIX + code(status.value())));
    }
    return super.createResponseEntity(body, headers, status, request);
  }

  /** What Spring refuses by itself; other statuses are of its kinds of wrong requests. */
  private static String code(int status) {
    return switch (status) {
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 406 -> "not-acceptable";
      case 415 -> "unsupported-media-type";
      default -> "invalid-request";
    };
  }

  /** Not by its message: a broken pipe may be that of the database. */
  private static boolean isOfClientThatWent(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClientAbortException) {
        return true;
      }
    }
    return false;
  }

  /**
   * A problem after the first bytes of an answer would look like its rest; thrown on, it makes the
   * server break off the connection, so that the client sees an unfinished answer.
   */
  private static <E extends Exception> void breakOffIfBegun(E failure, HttpServletResponse response)
      throws E {
    if (response.isCommitted()) {
      throw failure;
    }
  }

  private static ProblemDetail problem(HttpStatus status, String code, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPE_PREFIX + code));
    return problem;
  }
}
