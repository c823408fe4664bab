package io.linewright.ingest.app.command;

import io.linewright.ingest.app.registry.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Who asks, by their token.
 *
 * @param name at most 200 characters
 * @param admin whether they have the role admin
 * @param equipment paths of the subtrees that they may change; null: the whole plant
 */
public record Requester(String name, boolean admin, @Nullable List<String> equipment) {

  private static final int MAX_NAME = 200;

  /** Who has sent the request. */
  public static Requester of(Authentication who) {
    String name = who.getName();
    boolean admin =
        who.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .anyMatch("ROLE_admin"::equals);
    return new Requester(
        name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME), admin, equipment(who));
  }

  /** Whether this equipment is among what they may change. */
  public boolean mayChange(String path) {
    return equipment == null || equipment.stream().anyMatch(top -> Tag.under(path, top));
  }

  /** By which right they send commands, one sentence. */
  String right() {
    return "role %s for %s"
        .formatted(
            admin ? "admin" : "operator",
            equipment == null ? "the whole plant" : String.join(", ", equipment));
  }

  private static @Nullable List<String> equipment(Authentication who) {
    if (!(who instanceof JwtAuthenticationToken token)) {
      return List.of();
    }
    Jwt jwt = token.getToken();
    return jwt.hasClaim("equipment")
        ? Objects.requireNonNullElse(jwt.getClaimAsStringList("equipment"), List.of())
        : null;
  }
}
