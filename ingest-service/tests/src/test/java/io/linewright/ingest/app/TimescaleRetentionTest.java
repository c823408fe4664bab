package io.linewright.ingest.app;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnTimescale;
import io.linewright.testkit.infrastructure.Servers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The same on a server with TimescaleDB, in a schema of its own. */
@OnTimescale
class TimescaleRetentionTest extends RetentionFlowTest {

  private final NamedSchema schema = NamedSchema.in(Database.timescale().orElseThrow(), "kept");

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
