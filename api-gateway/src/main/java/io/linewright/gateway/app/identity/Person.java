package io.linewright.gateway.app.identity;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who logs in with a password.
 *
 * @param name 1 to 100 characters
 * @param passwordHash with the algorithm in front: {@code {bcrypt}…}
 * @param roles what they may do
 * @param equipment paths of the subtrees that their commands may reach; null: the whole plant
 * @param enabled false: may not log in, and running sessions end
 */
public record Person(
    String name,
    String passwordHash,
    Set<Role> roles,
    @Nullable List<String> equipment,
    boolean enabled) {

  public Person {
    roles = Set.copyOf(roles);
    equipment = equipment == null ? null : List.copyOf(equipment);
  }
}
