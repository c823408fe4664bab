package io.linewright.gateway.app.identity;

import java.util.Set;

/**
 * Somebody who logs in with a password.
 *
 * @param name 1 to 100 characters
 * @param passwordHash with the algorithm in front: {@code {bcrypt}…}
 * @param roles what they may do
 * @param enabled false: may not log in, and running sessions end
 */
public record Person(String name, String passwordHash, Set<Role> roles, boolean enabled) {

  public Person {
    roles = Set.copyOf(roles);
  }
}
