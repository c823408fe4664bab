package io.linewright.kit.security;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;

/**
 * Who issues the tokens that this service accepts.
 *
 * @param issuer public address of the authorization server, {@code iss} of every token; without it
 *     every request but health is refused
 * @param jwkSetUri where its keys are read from, when the first token comes; without it, {@code
 *     ISSUER/oauth2/jwks}
 * @param trustCertificates PEM file with the authorities trusted when the keys are read over https;
 *     without it, the JVM's own
 */
@ConfigurationProperties("linewright.security")
public record SecuritySettings(
    @Nullable URI issuer, @Nullable URI jwkSetUri, @Nullable Path trustCertificates) {

  @ConstructorBinding
  public SecuritySettings {}

  /** With the JVM's own authorities. */
  public SecuritySettings(@Nullable URI issuer, @Nullable URI jwkSetUri) {
    this(issuer, jwkSetUri, null);
  }

  String keys() {
    return jwkSetUri != null ? jwkSetUri.toString() : issuer + "/oauth2/jwks";
  }
}
