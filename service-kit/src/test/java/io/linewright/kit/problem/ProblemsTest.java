package io.linewright.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.context.request.WebRequest;

class ProblemsTest {

  private final Problems problems = new Problems();
  private final List<String> headers = new ArrayList<>();

  @Test
  void aClientThatWentGetsNothingAndIsNoError() throws Exception {
    UncheckedIOException written =
        new UncheckedIOException(new ClientAbortException(new IOException("Broken pipe")));

    assertThat(problems.unexpected(written, response(true))).isNull();
    assertThat(problems.unexpected(written, response(false))).isNull();
  }

  @Test
  void aBrokenPipeOfTheDatabaseIsAnError() throws Exception {
    IOException ofDatabase = new IOException("Broken pipe");

    ProblemDetail told = problems.unexpected(ofDatabase, response(false));
    assertThat(told).isNotNull();
    assertThat(told.getStatus()).isEqualTo(500);
    assertThatThrownBy(() -> problems.unexpected(ofDatabase, response(true))).isSameAs(ofDatabase);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatPassesWithTheDatabaseIsToldAsSuch(Exception failure) throws Exception {
    ProblemDetail told = problems.unexpected(failure, response(false));

    assertThat(told).isNotNull();
    assertThat(told.getStatus()).isEqualTo(503);
    assertThat(told.getType()).hasToString("urn:linewright:problem:database-unavailable");
    assertThatThrownBy(() -> problems.unexpected(failure, response(true))).isSameAs(failure);
  }

  static List<Exception> troubles() {
    SQLException noConnection = new SQLTransientConnectionException("none within 5 s");
    return List.of(
        new CannotGetJdbcConnectionException("no connection", noConnection),
        new CannotCreateTransactionException("Could not open connection", noConnection),
        uncategorized(noConnection),
        uncategorized(new SQLException("This connection has been closed", "08003")),
        uncategorized(new SQLException("could not extend file", "53100")),
        uncategorized(new SQLException("terminating connection", "57P01")),
        uncategorized(new SQLException("the database system is starting up", "57P03")),
        uncategorized(new SQLException("deadlock detected", "40P01")),
        new IllegalStateException("wrapped", uncategorized(noConnection)),
        new TransactionSystemException(
            "Could not commit", new SQLException("an I/O error occurred", "08006")),
        failedRollback(),
        new CannotAcquireLockException("deadlock"),
        new RecoverableDataAccessException("reconnect"));
  }

  /** As a transaction ends whose connection breaks in a statement. */
  private static Exception failedRollback() {
    TransactionSystemException rollback =
        new TransactionSystemException("Could not roll back", new SQLException("is closed"));
    rollback.initApplicationException(
        uncategorized(new SQLException("an I/O error occurred", "08006")));
    return rollback;
  }

  @ParameterizedTest
  @MethodSource("errors")
  void otherErrorsOfStatementsAreThoseOfTheProgram(Exception failure) throws Exception {
    ProblemDetail told = problems.unexpected(failure, response(false));

    assertThat(told).isNotNull();
    assertThat(told.getStatus()).isEqualTo(500);
  }

  static List<Exception> errors() {
    return List.of(
        uncategorized(new SQLException("relation does not exist", "42P01")),
        uncategorized(new SQLException("who knows")),
        new DataIntegrityViolationException("not null"),
        new IllegalTransactionStateException("no transaction"));
  }

  private static UncategorizedSQLException uncategorized(SQLException failure) {
    return new UncategorizedSQLException("read samples", "SELECT", failure);
  }

  @Test
  void aRefusalSaysWhenToAskAgainIfItKnows() {
    problems.refused(
        new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "too-busy", "later", 5),
        response(false));
    assertThat(headers).containsExactly("Retry-After: 5");
    problems.refused(
        new RefusedException(HttpStatus.NOT_FOUND, "not-found", "never"), response(false));
    assertThat(headers).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("refusalsOfSpring")
  void whatSpringRefusesHasATypeOfItsStatusAndKeepsItsHeader(
      Exception refusal, String code, String header) throws Exception {
    ResponseEntity<Object> told = problems.handleException(refusal, request());

    assertThat(told).isNotNull();
    assertThat(told.getBody())
        .isInstanceOfSatisfying(
            ProblemDetail.class,
            problem -> assertThat(problem.getType()).hasToString("urn:linewright:problem:" + code));
    assertThat(told.getHeaders().getFirst(header)).isNotEmpty();
  }

  static List<Arguments> refusalsOfSpring() {
    return List.of(
        Arguments.of(
            new HttpRequestMethodNotSupportedException("PUT", List.of("GET")),
            "method-not-allowed",
            "Allow"),
        Arguments.of(
            new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON)),
            "not-acceptable",
            "Accept"),
        Arguments.of(
            new HttpMediaTypeNotSupportedException(
                MediaType.TEXT_PLAIN, List.of(MediaType.APPLICATION_JSON)),
            "unsupported-media-type",
            "Accept"));
  }

  private static WebRequest request() {
    return (WebRequest)
        Proxy.newProxyInstance(
            WebRequest.class.getClassLoader(),
            new Class<?>[] {WebRequest.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private HttpServletResponse response(boolean begun) {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            HttpServletResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("isCommitted")) {
                return begun;
              }
              if (method.getName().equals("setHeader")) {
                headers.add(arguments[0] + ": " + arguments[1]);
                return null;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
