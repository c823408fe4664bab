package io.linewright.gateway.app.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Gives the access tokens of programs the form of RFC 9068 (type {@code at+jwt}, {@code client_id},
 * audience) and the claim {@code roles} (its section 2.2.3.1): the scopes that were asked for, or
 * all of the program's when it asked for none; and {@code equipment}, the subtrees that its
 * commands may reach, unless that is the whole plant.
 */
final class AccessTokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

  /** Type of an access token in the header of the JWT, RFC 9068 section 2.1. */
  static final String TYPE = "at+jwt";

  private final ProgramRights rights;

  AccessTokenClaims(ProgramRights rights) {
    this.rights = rights;
  }

  @Override
  public void customize(JwtEncodingContext context) {
    if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
      return;
    }
    Set<String> asked = context.getAuthorizedScopes();
    Collection<String> roles = asked.isEmpty() ? context.getRegisteredClient().getScopes() : asked;
    String client = context.getRegisteredClient().getClientId();
    context.getJwsHeader().type(TYPE);
    context
        .getClaims()
        .audience(new ArrayList<>(List.of(IdentitySettings.AUDIENCE)))
        .claim("client_id", client)
        .claim("roles", new ArrayList<>(roles.stream().sorted().toList()));
    rights
        .equipment(client)
        .ifPresent(paths -> context.getClaims().claim("equipment", new ArrayList<>(paths)));
  }
}
