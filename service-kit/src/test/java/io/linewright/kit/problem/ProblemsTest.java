package io.linewright.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

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
