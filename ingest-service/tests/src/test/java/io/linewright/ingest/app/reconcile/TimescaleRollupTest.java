package io.linewright.ingest.app.reconcile;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same on a server with TimescaleDB, in schemas of its own. */
@EnabledIf(
    value = "io.linewright.testkit.infrastructure.Database#isNamed",
    disabledReason =
        "no database with TimescaleDB is named: set LINEWRIGHT_TEST_JDBC_URL"
            + " (and LINEWRIGHT_TEST_JDBC_USER, LINEWRIGHT_TEST_JDBC_PASSWORD)")
class TimescaleRollupTest extends RollupPropertyTest {

  @Override
  Database server(TestPostgres postgres) {
    return Database.named().orElseThrow();
  }
}
