package io.linewright.gateway.app.session;

import io.linewright.gateway.app.identity.Person;
import io.linewright.gateway.app.identity.PersonStore;
import io.linewright.gateway.app.identity.PersonTokens;
import io.linewright.gateway.app.identity.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Finds the bearer token with which a request goes on to a service: a program's own one, or for a
 * person a short-lived one that the gateway issues and keeps in the session. The browser never sees
 * it. Whenever a token is issued, the person is read anew: a session ends when they are disabled or
 * their roles have changed.
 */
public final class SessionTokens {

  private static final String ATTRIBUTE = SessionTokens.class.getName();
  private static final Duration RENEW_BEFORE = Duration.ofMinutes(2);

  private record Held(String value, Instant renewAt) {}

  private final PersonStore people;
  private final PersonTokens tokens;
  private final InstantSource clock;

  SessionTokens(PersonStore people, PersonTokens tokens, InstantSource clock) {
    this.people = people;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The token to go on with; empty if the session has lost its right. */
  public Optional<String> bearer(HttpServletRequest request, Authentication who) {
    if (who instanceof JwtAuthenticationToken program) {
      return Optional.of(program.getToken().getTokenValue());
    }
    HttpSession session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    Object held = session.getAttribute(ATTRIBUTE);
    if (held instanceof Held token && token.renewAt().isAfter(clock.instant())) {
      return Optional.of(token.value());
    }
    return renew(session, who);
  }

  private Optional<String> renew(HttpSession session, Authentication who) {
    Optional<Person> person =
        people
            .find(who.getName())
            .filter(Person::enabled)
            .filter(known -> known.roles().equals(Role.among(who.getAuthorities())));
    if (person.isEmpty()) {
      session.invalidate();
      return Optional.empty();
    }
    Jwt token = tokens.issue(person.get());
    Instant issued = Objects.requireNonNull(token.getIssuedAt());
    Instant expires = Objects.requireNonNull(token.getExpiresAt());
    Duration life = Duration.between(issued, expires);
    Duration margin =
        RENEW_BEFORE.compareTo(life.dividedBy(2)) < 0 ? RENEW_BEFORE : life.dividedBy(2);
    session.setAttribute(ATTRIBUTE, new Held(token.getTokenValue(), expires.minus(margin)));
    return Optional.of(token.getTokenValue());
  }
}
