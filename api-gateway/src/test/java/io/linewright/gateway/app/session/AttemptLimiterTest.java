package io.linewright.gateway.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.gateway.app.support.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptLimiterTest {

  private final SettableClock clock = new SettableClock();
  private final AttemptLimiter limiter = new AttemptLimiter(3, Duration.ofMinutes(5), clock);

  @Test
  void makesWaitAfterTheLimitUntilTheOldestFailureLeavesTheWindow() {
    fail("a", 2);
    assertThat(limiter.wait("a")).isZero();
    clock.pass(Duration.ofMinutes(1));
    fail("a", 1);

    assertThat(limiter.wait("a")).isEqualTo(Duration.ofMinutes(4));
    assertThat(limiter.wait("b")).isZero();
    clock.pass(Duration.ofMinutes(4));
    assertThat(limiter.wait("a")).isZero();
  }

  @Test
  void forgetsFailuresAfterASuccess() {
    fail("a", 2);
    limiter.succeeded("a");
    fail("a", 2);

    assertThat(limiter.wait("a")).isZero();
  }

  @Test
  void remembersABoundedNumberOfKeys() {
    fail("first", 3);
    for (int i = 0; i < AttemptLimiter.MAX_KEYS; i++) {
      limiter.failed("key" + i);
    }

    assertThat(limiter.wait("first")).isZero();
  }

  private void fail(String key, int times) {
    for (int i = 0; i < times; i++) {
      limiter.failed(key);
    }
  }
}
