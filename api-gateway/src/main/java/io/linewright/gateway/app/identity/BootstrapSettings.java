package io.linewright.gateway.app.identity;

import io.linewright.model.equipment.EquipmentPath;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * People and programs that exist from the first start on. Each start makes the database agree with
 * this list; who is not in it is left alone.
 *
 * @param users people with a password
 * @param clients programs with a secret (client credentials)
 */
@Validated
@ConfigurationProperties("linewright.gateway.bootstrap")
record BootstrapSettings(
    @DefaultValue List<@Valid User> users, @DefaultValue List<@Valid Client> clients) {

  /** Most subtrees of one person or program: they travel in the header of each request. */
  static final int MAX_PATHS = 20;

  BootstrapSettings {
    users = List.copyOf(users);
    clients = List.copyOf(clients);
  }

  /**
   * A person.
   *
   * @param name login name
   * @param password 12 to 72 characters: bcrypt reads no more than 72 bytes
   * @param roles names of {@link Role}
   * @param equipment paths of the subtrees that their commands may reach, at most {@link
   *     #MAX_PATHS}; missing: the whole plant
   */
  record User(
      @Pattern(regexp = "[A-Za-z0-9._@-]{1,100}") String name,
      @Size(min = 12, max = 72) String password,
      @NotEmpty Set<String> roles,
      @Nullable List<String> equipment) {

    User {
      equipment = paths("person " + name, equipment);
    }

    @Override
    public String toString() {
      return "User[name=" + name + ", roles=" + roles + ", equipment=" + equipment + "]";
    }
  }

  /**
   * A program.
   *
   * @param id client id
   * @param secret 16 to 72 characters
   * @param roles names of {@link Role}; also the scopes it may ask for
   * @param equipment paths of the subtrees that its commands may reach, at most {@link #MAX_PATHS};
   *     missing: the whole plant
   */
  record Client(
      @Pattern(regexp = "[A-Za-z0-9._-]{1,100}") String id,
      @Size(min = 16, max = 72) String secret,
      @NotEmpty Set<String> roles,
      @Nullable List<String> equipment) {

    Client {
      equipment = paths("program " + id, equipment);
    }

    @Override
    public String toString() {
      return "Client[id=" + id + ", roles=" + roles + ", equipment=" + equipment + "]";
    }
  }

  private static @Nullable List<String> paths(String who, @Nullable List<String> equipment) {
    if (equipment == null) {
      return null;
    }
    if (equipment.isEmpty() || equipment.size() > MAX_PATHS) {
      throw new IllegalArgumentException(
          "%s: equipment names 1 to %d subtrees, not %d; leave it out for the whole plant"
              .formatted(who, MAX_PATHS, equipment.size()));
    }
    return equipment.stream().map(path -> EquipmentPath.parse(path).toString()).toList();
  }
}
