package io.linewright.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;

class ProblemsTest {

  private final Problems problems = new Problems();

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

  private static HttpServletResponse response(boolean begun) {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            HttpServletResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("isCommitted")) {
                return begun;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
