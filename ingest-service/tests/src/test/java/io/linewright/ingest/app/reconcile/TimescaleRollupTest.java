package io.linewright.ingest.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.retention.Compressor;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnTimescale;
import io.linewright.testkit.infrastructure.TestPostgres;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The same on a server with TimescaleDB, in schemas of its own. */
@OnTimescale
class TimescaleRollupTest extends RollupPropertyTest {

  private final AtomicInteger compressed = new AtomicInteger();

  @Override
  Database server(TestPostgres postgres) {
    return Database.timescale().orElseThrow();
  }

  /** Days are compressed, and again when samples have come to them. */
  @Override
  List<Act> meanwhile() {
    return List.of(() -> compressed.addAndGet(new Compressor(database, LATER).compress()));
  }

  @Override
  void checkMeanwhile() {
    assertThat(compressed).hasPositiveValue();
  }
}
