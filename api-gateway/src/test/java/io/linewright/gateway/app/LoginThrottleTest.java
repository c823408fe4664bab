package io.linewright.gateway.app;

import static io.linewright.gateway.app.support.GatewayUnderTest.BENCH_SECRET;
import static io.linewright.gateway.app.support.GatewayUnderTest.INTEGRATOR_SECRET;
import static io.linewright.gateway.app.support.GatewayUnderTest.VIEWER_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.gateway.app.support.GatewayTest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guessing is slowed down. */
class LoginThrottleTest extends GatewayTest {

  LoginThrottleTest() {
    super(Map.of("linewright.gateway.login.failures-per-name", "2"));
  }

  @Test
  void makesAPersonWaitAfterFailures() {
    browser().login("viewer", "wrong-password-1", "");
    browser().login("viewer", "wrong-password-2", "");

    HttpResponse<String> third = browser().login("viewer", VIEWER_PASSWORD, "");

    assertThat(third.headers().firstValue("Location").orElse("")).startsWith("/login?wait=");
    assertThat(browser().page("/login?wait=120").body()).contains("Try again in 120 seconds");
  }

  @Test
  void makesAProgramWaitAfterFailuresButNotTheOthers() {
    String ask = "grant_type=client_credentials";
    browser().askToken("integrator", "wrong-secret-1234", ask);
    browser().askToken("integrator", "wrong-secret-1234", ask);

    HttpResponse<String> third = browser().askToken("integrator", INTEGRATOR_SECRET, ask);

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    assertThat(browser().askToken("bench", BENCH_SECRET, ask).statusCode()).isEqualTo(200);
  }
}
