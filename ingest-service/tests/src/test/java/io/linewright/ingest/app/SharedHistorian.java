package io.linewright.ingest.app;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.security.TestTokens;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One historian for all tests that ask questions about equipment of their own: it starts with the
 * first of them and is stopped after the last. A test that needs settings, restarts it or counts
 * everything starts its own.
 *
 * <p>It runs on TimescaleDB where {@link Database#timescale()} finds one, so that the same
 * questions are put to it; else on the embedded PostgreSQL.
 *
 * @param kafka what it consumes, and nobody else
 * @param tokens whom it trusts
 */
public record SharedHistorian(
    TestKafka kafka, TestTokens tokens, RunningService service, Optional<NamedSchema> schema)
    implements AutoCloseable {

  /** With Kafka of its own: others of its consumer group would take partitions away from it. */
  static SharedHistorian start(TestPostgres postgres) {
    TestKafka kafka = TestKafka.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException("the topics cannot be made", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
    Optional<NamedSchema> schema =
        Database.timescale().map(named -> NamedSchema.in(named, "shared"));
    List<String> properties = new ArrayList<>(List.of("linewright.service.instance=shared"));
    schema.ifPresent(own -> properties.addAll(own.properties()));
    TestTokens tokens = TestTokens.start();
    RunningService service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            schema
                .map(NamedSchema::database)
                .orElseGet(() -> new Database(postgres.createDatabase(), TestPostgres.USER, "")),
            tokens,
            properties.toArray(String[]::new));
    return new SharedHistorian(kafka, tokens, service, schema);
  }

  @Override
  public void close() throws SQLException {
    service.close();
    tokens.close();
    kafka.close();
    if (schema.isPresent()) {
      schema.get().drop();
    }
  }
}
