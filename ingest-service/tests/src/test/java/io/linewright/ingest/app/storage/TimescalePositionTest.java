package io.linewright.ingest.app.storage;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnTimescale;
import io.linewright.testkit.infrastructure.TestPostgres;

/** The same on a server with TimescaleDB, in schemas of its own. */
@OnTimescale
class TimescalePositionTest extends IngestPositionTest {

  @Override
  Database server(TestPostgres postgres) {
    return Database.timescale().orElseThrow();
  }

  @Override
  String dropping() {
    return "%drop_chunks%";
  }
}
