package io.linewright.standalone.postgres;

import io.linewright.standalone.data.Login;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * One schema and one login per service; {@code reader} reads what the historian and the service of
 * figures store.
 */
final class PostgresRoles {

  static final String DATABASE = "linewright";

  private static final List<String> SERVICES = List.of("ingest", "oee", "gateway");

  /** What {@code reader} may read, in the order in which names without a schema are looked up. */
  private static final List<String> READ = List.of("ingest", "oee");

  static void createDatabase(Connection connection) throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
      execute(connection, "CREATE DATABASE " + DATABASE);
    }
  }

  static void provision(Connection connection, Map<String, Login> logins) throws SQLException {
    for (Login login : logins.values()) {
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", login.username())) {
        execute(connection, "CREATE ROLE " + login.username() + " LOGIN");
      }
      // DDL takes no parameters; generated names and passwords hold letters and digits only.
      execute(
          connection,
          "ALTER ROLE " + login.username() + " PASSWORD '" + quoted(login.password()) + "'");
    }
    execute(connection, "REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
    execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    for (String service : SERVICES) {
      execute(connection, "GRANT CONNECT, TEMPORARY ON DATABASE " + DATABASE + " TO " + service);
      execute(connection, "CREATE SCHEMA IF NOT EXISTS " + service + " AUTHORIZATION " + service);
      execute(connection, "ALTER ROLE " + service + " SET search_path = " + service);
    }
    execute(connection, "GRANT CONNECT ON DATABASE " + DATABASE + " TO reader");
    for (String read : READ) {
      execute(connection, "GRANT USAGE ON SCHEMA " + read + " TO reader");
      execute(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA " + read + " TO reader");
      execute(
          connection,
          "ALTER DEFAULT PRIVILEGES FOR ROLE %1$s IN SCHEMA %1$s GRANT SELECT ON TABLES TO reader"
              .formatted(read));
    }
    execute(connection, "ALTER ROLE reader SET search_path = " + String.join(", ", READ));
    execute(connection, "ALTER ROLE reader SET default_transaction_read_only = on");
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }

  private PostgresRoles() {}
}
