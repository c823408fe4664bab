package io.linewright.gateway.app.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many failed attempts are borne.
 *
 * @param failuresPerName most failures of one name from one address within the window
 * @param failuresPerAddress most failures of one address within the window
 * @param window how long a failure counts
 */
@ConfigurationProperties("linewright.gateway.login")
record LoginSettings(
    @DefaultValue("5") int failuresPerName,
    @DefaultValue("30") int failuresPerAddress,
    @DefaultValue("5m") Duration window) {

  LoginSettings {
    if (failuresPerName < 1 || failuresPerAddress < 1 || !window.isPositive()) {
      throw new IllegalArgumentException(
          "linewright.gateway.login: failures-per-name, failures-per-address and window must be"
              + " positive");
    }
  }
}
