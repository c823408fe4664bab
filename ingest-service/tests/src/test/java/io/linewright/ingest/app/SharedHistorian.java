package io.linewright.ingest.app;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.security.TestTokens;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One historian for all tests that ask questions about equipment of their own: it starts with the
 * first of them and is stopped after the last. A test that needs settings, restarts it or counts
 * everything starts its own.
 *
 * <p>It runs on the database that is named, so that the same questions are put to it; else on the
 * embedded PostgreSQL.
 *
 * @param kafka what it consumes, and nobody else
 * @param tokens whom it trusts
 */
public record SharedHistorian(
    TestKafka kafka, TestTokens tokens, RunningService service, HistorianDatabase database)
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
    HistorianDatabase database = HistorianDatabase.create(postgres, "shared");
    List<String> properties = new ArrayList<>(List.of("linewright.service.instance=shared"));
    properties.addAll(database.properties());
    TestTokens tokens = TestTokens.start();
    RunningService service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            database.database(),
            tokens,
            properties.toArray(String[]::new));
    return new SharedHistorian(kafka, tokens, service, database);
  }

  @Override
  public void close() throws SQLException {
    service.close();
    tokens.close();
    kafka.close();
    database.close();
  }
}
