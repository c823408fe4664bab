package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.NamedSchema;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnTimescale;
import io.linewright.testkit.infrastructure.Servers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The same on a server with TimescaleDB, in a schema of its own. */
@OnTimescale
class TimescaleQualityTest extends QualityPlantFlowTest {

  private final NamedSchema schema = NamedSchema.in(Database.timescale().orElseThrow(), "quality");

  @Override
  Database database(Servers servers) {
    return schema.database();
  }

  @Override
  List<String> properties() {
    return schema.properties();
  }

  @Override
  @AfterAll
  void stop() throws Exception {
    super.stop();
    schema.drop();
  }
}
