package io.linewright.gateway.app.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
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
   */
  record User(
      @Pattern(regexp = "[A-Za-z0-9._@-]{1,100}") String name,
      @Size(min = 12, max = 72) String password,
      @NotEmpty Set<String> roles) {

    @Override
    public String toString() {
      return "User[name=" + name + ", roles=" + roles + "]";
    }
  }

  /**
   * A program.
   *
   * @param id client id
   * @param secret 16 to 72 characters
   * @param roles names of {@link Role}; also the scopes it may ask for
   */
  record Client(
      @Pattern(regexp = "[A-Za-z0-9._-]{1,100}") String id,
      @Size(min = 16, max = 72) String secret,
      @NotEmpty Set<String> roles) {

    @Override
    public String toString() {
      return "Client[id=" + id + ", roles=" + roles + "]";
    }
  }
}
