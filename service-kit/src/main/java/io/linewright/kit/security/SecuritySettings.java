package io.linewright.kit.security;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who issues the tokens that this service accepts.
 *
 * @param issuer public address of the authorization server, {@code iss} of every token; without it
 *     every request but health is refused
 * @param jwkSetUri where its keys are read from, when the first token comes; without it, {@code
 *     ISSUER/oauth2/jwks}
 */
@ConfigurationProperties("linewright.security")
public record SecuritySettings(@Nullable URI issuer, @Nullable URI jwkSetUri) {

  String keys() {
    return jwkSetUri != null ? jwkSetUri.toString() : issuer + "/oauth2/jwks";
  }
}
