package io.linewright.gateway.app.session;

import io.linewright.gateway.app.identity.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells who is asking. */
@RestController
@Tag(name = "session")
class SessionController {

  private final InstantSource clock;

  SessionController(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Who is asking.
   *
   * @param name login name or client id
   * @param roles what they may do
   * @param now the gateway's time, so that a page can count ages by it
   */
  record Session(String name, List<String> roles, Instant now) {}

  @Operation(summary = "Name and roles of whoever asks, and the gateway's time")
  @GetMapping("/api/session")
  Session session(Authentication who) {
    List<String> roles =
        Role.among(who.getAuthorities()).stream().map(Role::text).sorted().toList();
    return new Session(who.getName(), roles, clock.instant());
  }
}
