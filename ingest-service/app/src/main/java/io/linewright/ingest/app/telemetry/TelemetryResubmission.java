package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.quarantine.Resubmission;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageBooks;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.telemetry.TelemetryFormatException;
import io.linewright.model.topic.Topic;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
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
    Stored stored;
    try {
      stored = handler.store(handler.prepare(List.of(record)), IngestPosition.stamp(jdbc));
    } catch (RuntimeException failed) {
      handler.dropCaches();
      throw failed;
    }
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

  @Override
  public List<byte[]> halves(byte[] payload) {
    return decoded(payload)
        .map(batch -> halves(batch).stream().map(TelemetryCodec::encode).toList())
        .orElse(List.of());
  }

  private static List<TelemetryBatch> halves(TelemetryBatch batch) {
    if (batch.series().size() == 1) {
      TagSeries series = batch.series().getFirst();
      return halves(
          series.samples(),
          samples -> Refusals.part(batch, List.of(Refusals.part(series, samples))));
    }
    return halves(batch.series(), series -> Refusals.part(batch, series));
  }

  private static <T> List<TelemetryBatch> halves(
      List<T> whole, Function<List<T>, TelemetryBatch> part) {
    int middle = whole.size() / 2;
    return middle == 0
        ? List.of()
        : List.of(
            part.apply(whole.subList(0, middle)), part.apply(whole.subList(middle, whole.size())));
  }

  @Override
  public String subject(byte[] payload) {
    return decoded(payload)
        .filter(batch -> batch.series().size() == 1)
        .map(batch -> "tag %s#%s".formatted(batch.device(), batch.series().getFirst().tag()))
        .orElse("the record");
  }

  /** As with corrections: by where the equipment is whose values they are. */
  @Override
  public boolean mayDecide(Authentication who, byte @Nullable [] payload) {
    Requester requester = Requester.of(who);
    if (requester.equipment() == null) {
      return true;
    }
    return Optional.ofNullable(payload)
        .flatMap(TelemetryResubmission::decoded)
        .filter(batch -> mayChange(requester, batch))
        .isPresent();
  }

  private boolean mayChange(Requester requester, TelemetryBatch batch) {
    Registry registry = parts.registry();
    registry.refresh();
    String address = batch.device().toString();
    return !batch.series().isEmpty()
        && batch.series().stream()
            .flatMap(series -> series.samples().stream())
            .map(sample -> registry.pathOf(address, sample.sourceMicros()))
            .distinct()
            .allMatch(requester::mayChange);
  }

  private static Optional<TelemetryBatch> decoded(byte[] payload) {
    try {
      return Optional.of(TelemetryCodec.decode(payload));
    } catch (TelemetryFormatException unreadable) {
      return Optional.empty();
    }
  }
}
