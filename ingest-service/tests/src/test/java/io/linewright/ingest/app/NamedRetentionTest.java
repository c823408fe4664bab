package io.linewright.ingest.app;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnNamedDatabase;
import io.linewright.testkit.infrastructure.Servers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The same on the server that is named, in a schema of its own. */
@OnNamedDatabase
class NamedRetentionTest extends RetentionFlowTest {

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
