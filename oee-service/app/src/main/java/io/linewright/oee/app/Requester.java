package io.linewright.oee.app;

import io.linewright.model.equipment.EquipmentPath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Who asks, by their token.
 *
 * @param name at most 200 characters
 * @param equipment paths of the subtrees that they may change; null: the whole plant
 */
public record Requester(String name, @Nullable List<String> equipment) {

  private static final int MAX_NAME = 200;

  /** Who has sent the request. */
  public static Requester of(Authentication who) {
    String name = who.getName();
    return new Requester(
        name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME), equipment(who));
  }

  /** Whether they may change what holds for the whole plant. */
  public boolean mayChangeAll() {
    return equipment == null;
  }

  /** Whether this equipment is among what they may change. */
  public boolean mayChange(EquipmentPath path) {
    String text = path.toString();
    return equipment == null
        || equipment.stream().anyMatch(top -> text.equals(top) || text.startsWith(top + "/"));
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
