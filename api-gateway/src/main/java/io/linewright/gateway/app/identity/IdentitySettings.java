package io.linewright.gateway.app.identity;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Who issues tokens, and for how long they hold.
 *
 * @param issuer public URL of the gateway, without a slash at its end; every token carries it, so
 *     it must not change with the way a client reaches the gateway
 * @param accessTokenLifetime 1 to 10 minutes
 */
@ConfigurationProperties("linewright.security")
public record IdentitySettings(
    @Nullable URI issuer,
    @Name("access-token-lifetime") @DefaultValue("10m") Duration accessTokenLifetime) {

  /** Audience of all tokens. */
  public static final String AUDIENCE = "linewright";

  public IdentitySettings {
    if (issuer == null || !issuer.isAbsolute() || issuer.getHost() == null) {
      throw new IllegalArgumentException(
          "linewright.security.issuer must be the public URL of the gateway, such as"
              + " https://plant.example:8443; it is "
              + issuer);
    }
    if (issuer.toString().endsWith("/")) {
      throw new IllegalArgumentException(
          "linewright.security.issuer must not end with a slash; it is " + issuer);
    }
    if (accessTokenLifetime.compareTo(Duration.ofMinutes(1)) < 0
        || accessTokenLifetime.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "linewright.security.access-token-lifetime must be 1 to 10 minutes; it is "
              + accessTokenLifetime);
    }
  }

  /** The issuer as it stands in tokens. */
  public String issuerText() {
    return String.valueOf(issuer);
  }
}
