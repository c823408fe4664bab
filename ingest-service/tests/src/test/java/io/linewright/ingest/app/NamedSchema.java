package io.linewright.ingest.app;

import io.linewright.testkit.infrastructure.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A schema of its own in a database that is not only for tests.
 *
 * @param database the database
 * @param name a plain SQL name
 */
public record NamedSchema(Database database, String name) {

  /**
   * One that nobody else uses.
   *
   * @param of whose it is, a plain SQL name
   */
  public static NamedSchema in(Database database, String of) {
    return new NamedSchema(
        database, "linewright_" + of + "_" + Long.toHexString(System.nanoTime()));
  }

  /** Properties with which the historian works in it, {@code name=value}. */
  public List<String> properties() {
    return List.of(
        "spring.flyway.default-schema=" + name,
        "spring.flyway.schemas=" + name,
        "spring.datasource.hikari.schema=" + name);
  }

  /** Takes it away, with all that is in it. */
  public void drop() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
    }
  }
}
