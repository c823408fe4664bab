package io.linewright.ingest.app;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.Servers;
import java.sql.SQLException;
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

  private final NamedSchema schema = NamedSchema.in(Database.named().orElseThrow(), "kept");

  @Override
  Database database(Servers servers) {
    return schema.database();
  }

  @Override
  List<String> properties() {
    return schema.properties();
  }

  @AfterAll
  void dropSchema() throws SQLException {
    schema.drop();
  }
}
