package io.linewright.ingest.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.retention.Compressor;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnNamedDatabase;
import io.linewright.testkit.infrastructure.TestPostgres;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The same on the server that is named, in schemas of its own. */
@OnNamedDatabase
class NamedRollupTest extends RollupPropertyTest {

  private static final Optional<Database> NAMED = Database.named();

  private final AtomicInteger compressed = new AtomicInteger();

  @Override
  Database server(TestPostgres postgres) {
    return NAMED.orElseThrow();
  }

  /** On TimescaleDB days are compressed, and again when samples have come to them. */
  @Override
  List<Act> meanwhile() {
    if (!compresses()) {
      return List.of();
    }
    return List.of(() -> compressed.addAndGet(new Compressor(database, LATER).compress()));
  }

  @Override
  void checkMeanwhile() {
    if (compresses()) {
      assertThat(compressed).hasPositiveValue();
    }
  }

  private static boolean compresses() {
    return NAMED.orElseThrow().isTimescale();
  }
}
