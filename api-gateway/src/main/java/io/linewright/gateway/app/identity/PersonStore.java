package io.linewright.gateway.app.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The people of the database. */
public final class PersonStore {

  private final JdbcClient jdbc;

  PersonStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The person of exactly that name. */
  public Optional<Person> find(String name) {
    return jdbc.sql("select name, password_hash, roles, enabled from person where name = ?")
        .param(name)
        .query((row, number) -> person(row))
        .optional();
  }

  void save(Person person, Instant now) {
    jdbc.sql(
            """
            insert into person (name, password_hash, roles, enabled, changed_at)
            values (:name, :hash, string_to_array(:roles, ','), :enabled, :now)
            on conflict (name) do update
            set password_hash = excluded.password_hash, roles = excluded.roles,
                enabled = excluded.enabled, changed_at = excluded.changed_at
            """)
        .param("name", person.name())
        .param("hash", person.passwordHash())
        .param("roles", person.roles().stream().map(Role::text).collect(Collectors.joining(",")))
        .param("enabled", person.enabled())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static Person person(ResultSet row) throws SQLException {
    Set<Role> roles =
        Arrays.stream((String[]) row.getArray("roles").getArray())
            .map(Role::of)
            .collect(Collectors.toUnmodifiableSet());
    return new Person(
        row.getString("name"), row.getString("password_hash"), roles, row.getBoolean("enabled"));
  }
}
