package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.quarantine.Resubmission;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageBooks;
import io.linewright.model.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Telemetry out of quarantine takes the way of late values. */
final class TelemetryResubmission implements Resubmission {

  private static final String STAGE = "ingest.resubmission";

  private final TelemetryHandler.Parts parts;
  private final StageBooks books;
  private final JdbcClient jdbc;

  TelemetryResubmission(TelemetryHandler.Parts parts, StageBooks books, JdbcClient jdbc) {
    this.parts = parts;
    this.books = books;
    this.jdbc = jdbc;
  }

  @Override
  public Optional<String> tryAgain(byte[] payload) {
    TelemetryHandler handler = new TelemetryHandler(STAGE, false, parts);
    var record =
        new ConsumerRecord<byte[], byte[]>(
            Topic.TELEMETRY_BACKFILL.topicName(), 0, 0, new byte[0], payload);
    TelemetryHandler.Prepared prepared = handler.prepare(List.of(record));
    Stored stored = handler.store(prepared, IngestPosition.stamp(jdbc));
    books.add(STAGE, stored.counts());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            stored.afterCommit().run();
            books.publish(STAGE, stored.counts());
          }
        });
    return stored.setAside().stream().findFirst().map(SetAside::cause);
  }
}
