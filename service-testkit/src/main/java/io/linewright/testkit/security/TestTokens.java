package io.linewright.testkit.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server reduced to what a resource server sees of it: an issuer, its keys over
 * HTTP, and signed tokens with the claim {@code roles}.
 */
public final class TestTokens implements AutoCloseable {

  /** Audience of the installation's tokens. */
  private static final String AUDIENCE = "linewright";

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  /** Type of an access token, RFC 9068 section 2.1. */
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  /** A token is given again until so much of its life is over: signing costs 10 ms here. */
  private static final Duration GIVEN_AGAIN = Duration.ofMinutes(2);

  /** Whom a token is for. */
  private record Given(String subject, List<String> equipment, List<String> roles) {}

  private record Kept(String token, Instant until) {}

  /** Made once a run: a key costs a second. What differs between issuers is their name. */
  private static final class Keys {
    private static final RSAKey OWN = generate();
    private static final RSAKey FORGED = generate();

    private static RSAKey generate() {
      try {
        return new RSAKeyGenerator(2048).keyID("test").generate();
      } catch (JOSEException failed) {
        throw new IllegalStateException("Cannot make a test key", failed);
      }
    }
  }

  private final RSAKey key;
  private final String issuer;
  private final @Nullable HttpServer server;
  private final Map<Given, Kept> kept = new ConcurrentHashMap<>();

  private TestTokens(RSAKey key, String issuer, @Nullable HttpServer server) {
    this.key = key;
    this.issuer = issuer;
    this.server = server;
  }

  /** Tokens of a service that issues its own, with its key. */
  public static TestTokens of(RSAKey key, String issuer) {
    return new TestTokens(key, issuer, null);
  }

  /** Serves the public part of a key on a free loopback port. */
  public static TestTokens start() {
    try {
      RSAKey key = Keys.OWN;
      byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/oauth2/jwks",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      server.start();
      return new TestTokens(key, "http://127.0.0.1:" + server.getAddress().getPort(), server);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot serve the test keys", failed);
    }
  }

  /** Value for {@code linewright.security.issuer}. */
  public String issuer() {
    return issuer;
  }

  /** A token with these roles, valid for three to five minutes. */
  public String token(String... roles) {
    return again(
        new Given("", List.of(), List.of(roles)),
        () -> signed(key, Instant.now().plus(LIFETIME), List.of(AUDIENCE), roles));
  }

  private String again(Given given, Supplier<String> sign) {
    Instant now = Instant.now();
    return kept.compute(
            given,
            (same, known) ->
                known == null || now.isAfter(known.until())
                    ? new Kept(sign.get(), now.plus(GIVEN_AGAIN))
                    : known)
        .token();
  }

  /** A token with these roles that is meant for someone else; null: for nobody in particular. */
  public String tokenFor(@Nullable String audience, String... roles) {
    List<String> audiences = audience == null ? List.of() : List.of(audience);
    return signed(key, Instant.now().plus(LIFETIME), audiences, roles);
  }

  /** A token of somebody whose commands reach these subtrees only. */
  public String tokenOf(String subject, List<String> equipment, String... roles) {
    return again(
        new Given(subject, List.copyOf(equipment), List.of(roles)),
        () ->
            signed(
                key,
                claims(Instant.now().plus(LIFETIME), List.of(AUDIENCE), roles)
                    .subject(subject)
                    .claim("equipment", equipment)));
  }

  /** A token that has expired. */
  public String expiredToken(String... roles) {
    return signed(key, Instant.now().minus(LIFETIME), List.of(AUDIENCE), roles);
  }

  /** A token with these roles, of this issuer, but signed with a key that is not its own. */
  public String forgedToken(String... roles) {
    RSAKey other = new RSAKey.Builder(Keys.FORGED).keyID(key.getKeyID()).build();
    return signed(other, Instant.now().plus(LIFETIME), List.of(AUDIENCE), roles);
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }

  private String signed(RSAKey key, Instant expires, List<String> audience, String... roles) {
    return signed(key, claims(expires, audience, roles));
  }

  private JWTClaimsSet.Builder claims(Instant expires, List<String> audience, String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(audience)
        .subject("test")
        .issueTime(Date.from(expires.minusSeconds(600)))
        .expirationTime(Date.from(expires))
        .claim("roles", List.of(roles));
  }

  private static String signed(RSAKey key, JWTClaimsSet.Builder claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(TYPE).build(),
              claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException failed) {
      throw new IllegalStateException("Cannot sign a test token", failed);
    }
  }
}
