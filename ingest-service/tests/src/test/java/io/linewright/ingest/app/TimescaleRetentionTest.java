package io.linewright.ingest.app;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same on a server with TimescaleDB, in a schema of its own. */
@EnabledIf(
    value = "io.linewright.testkit.infrastructure.Database#isNamed",
    disabledReason =
        "no database with TimescaleDB is named: set LINEWRIGHT_TEST_JDBC_URL"
            + " (and LINEWRIGHT_TEST_JDBC_USER, LINEWRIGHT_TEST_JDBC_PASSWORD)")
class TimescaleRetentionTest extends RetentionFlowTest {

  private final String schema = "linewright_kept_" + Long.toHexString(System.nanoTime());
  private final Database named = Database.named().orElseThrow();

  @Override
  Database database(Servers servers) {
    return named;
  }

  @Override
  List<String> properties() {
    return List.of(
        "spring.flyway.default-schema=" + schema,
        "spring.flyway.schemas=" + schema,
        "spring.datasource.hikari.schema=" + schema);
  }

  @AfterAll
  void dropSchema() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(named.url(), named.user(), named.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
  }
}
