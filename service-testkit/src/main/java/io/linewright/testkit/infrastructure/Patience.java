package io.linewright.testkit.infrastructure;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every {@code await()} that names no time wait for a minute: on two busy cores a server, a
 * broker or a second connection takes longer than the ten seconds of the library. JUnit finds it by
 * itself where this kit is on the class path.
 */
public final class Patience implements BeforeAllCallback {

  private static final Duration MOST = Duration.ofMinutes(1);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(MOST);
  }
}
