package io.linewright.gateway.app.identity;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
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
    return jdbc.sql(
            "select name, password_hash, roles, equipment, enabled from person where name = ?")
        .param(name)
        .query((row, number) -> person(row))
        .optional();
  }

  void save(Person person, Instant now) {
    List<String> equipment = person.equipment();
    jdbc.sql(
            """
            insert into person (name, password_hash, roles, equipment, enabled, changed_at)
            values (:name, :hash, string_to_array(:roles, ','), string_to_array(:equipment, ','),
                    :enabled, :now)
            on conflict (name) do update
            set password_hash = excluded.password_hash, roles = excluded.roles,
                equipment = excluded.equipment, enabled = excluded.enabled, changed_at = excluded.changed_at
            """)
        .param("name", person.name())
        .param("hash", person.passwordHash())
        .param("roles", person.roles().stream().map(Role::text).collect(Collectors.joining(",")))
        .param("equipment", equipment == null ? null : String.join(",", equipment))
        .param("enabled", person.enabled())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static Person person(ResultSet row) throws SQLException {
    Set<Role> roles =
        Arrays.stream((String[]) row.getArray("roles").getArray())
            .map(Role::of)
            .collect(Collectors.toUnmodifiableSet());
    Array equipment = row.getArray("equipment");
    return new Person(
        row.getString("name"),
        row.getString("password_hash"),
        roles,
        equipment == null ? null : List.of((String[]) equipment.getArray()),
        row.getBoolean("enabled"));
  }
}
