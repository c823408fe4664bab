package io.linewright.gateway.app.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What somebody may do. */
public enum Role {
  /** May read and change everything. */
  ADMIN,
  /** May read, send commands to machines and stop them, and annotate. */
  OPERATOR,
  /** May read. */
  VIEWER;

  private static final String PREFIX = "ROLE_";

  /** Name in tokens, scopes and configuration: {@code admin}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The same in Spring Security's form: {@code ROLE_admin}. */
  public GrantedAuthority authority() {
    return new SimpleGrantedAuthority(PREFIX + text());
  }

  /**
   * The role of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Role of(String text) {
    return Arrays.stream(values())
        .filter(role -> role.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "role '" + text + "' is unknown; use one of " + List.of(texts())));
  }

  /** The roles among these authorities; others are ignored. */
  public static Set<Role> among(Collection<? extends GrantedAuthority> authorities) {
    Set<String> granted =
        authorities.stream()
            .map(GrantedAuthority::getAuthority)
            .collect(Collectors.toUnmodifiableSet());
    return Arrays.stream(values())
        .filter(role -> granted.contains(PREFIX + role.text()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of all roles. */
  public static String[] texts() {
    return Arrays.stream(values()).map(Role::text).toArray(String[]::new);
  }
}
