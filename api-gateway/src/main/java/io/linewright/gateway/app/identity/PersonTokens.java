package io.linewright.gateway.app.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

/** Issues the tokens with which the gateway asks the services on behalf of a logged-in person. */
public final class PersonTokens {

  /** Client id of tokens that stand for a session of the dashboard. */
  public static final String CLIENT_ID = "linewright-dashboard";

  private final JwtEncoder encoder;
  private final IdentitySettings settings;
  private final InstantSource clock;

  PersonTokens(JwtEncoder encoder, IdentitySettings settings, InstantSource clock) {
    this.encoder = encoder;
    this.settings = settings;
    this.clock = clock;
  }

  /** A new token of that person with all of their roles and their subtrees. */
  public Jwt issue(Person person) {
    Instant now = clock.instant();
    List<String> roles = person.roles().stream().map(Role::text).sorted().toList();
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuer(settings.issuerText())
            .subject(person.name())
            .audience(List.of(IdentitySettings.AUDIENCE))
            .issuedAt(now)
            .notBefore(now)
            .expiresAt(now.plus(settings.accessTokenLifetime()))
            .id(UUID.randomUUID().toString())
            .claim("client_id", CLIENT_ID)
            .claim("roles", roles);
    List<String> equipment = person.equipment();
    if (equipment != null) {
      claims.claim("equipment", equipment);
    }
    JwsHeader header =
        JwsHeader.with(SignatureAlgorithm.RS256).type(AccessTokenClaims.TYPE).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims.build()));
  }
}
