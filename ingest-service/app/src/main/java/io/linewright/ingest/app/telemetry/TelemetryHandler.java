package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.canary.Canaries;
import io.linewright.ingest.app.canary.Canaries.Arrival;
import io.linewright.ingest.app.quarantine.ImportedSetAside;
import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.ingest.app.rollup.WriterMarks;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.app.telemetry.Refusals.Origin;
import io.linewright.ingest.batch.BatchPlan;
import io.linewright.ingest.batch.SampleRow;
import io.linewright.ingest.batch.StageBook;
import io.linewright.ingest.batch.StorableValue;
import io.linewright.ingest.batch.TimeWindow;
import io.linewright.ingest.imports.ImportMark;
import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.observe.StageCounts;
import io.linewright.kit.observe.StoredLatency;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.telemetry.TelemetryFormatException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Samples of one lane into the table. One thread stores; what it prepares rests on no batch before.
 */
final class TelemetryHandler implements BatchHandler<TelemetryHandler.Prepared> {

  private static final byte[] NOTHING = {};
  private static final Runnable NO_MARKS = () -> {};

  /** Batches whose latency is being measured while the next ones are stored. */
  private static final int MEASURED_AT_ONCE = 2;

  /** What a telemetry handler works with. */
  record Parts(
      DataSource dataSource,
      Registry registry,
      SampleTable table,
      LastValues lastValues,
      LastValueStore lastValueStore,
      Quarantine quarantine,
      ImportedSetAside imported,
      StoredLatency latency,
      Canaries canaries,
      TimeWindow window,
      Retained retained,
      FaultPoints faults,
      InstantSource clock) {}

  /** A decoded batch, in order, with room made for it. */
  record Prepared(
      BatchPlan plan,
      EncodedRows encoded,
      List<Origin> origins,
      Refusals refusals,
      List<Arrival> canaries) {}

  private final String stage;
  private final boolean live;
  private final Parts parts;
  private final SampleWriter writer;
  private final WriterMarks marks = new WriterMarks();
  private final Semaphore measuring = new Semaphore(MEASURED_AT_ONCE);
  private Instant nextMark = Instant.EPOCH;
  private long marked;

  TelemetryHandler(String stage, boolean live, Parts parts) {
    this.stage = stage;
    this.live = live;
    this.parts = parts;
    this.writer = new SampleWriter(parts.lastValues(), !live);
  }

  @Override
  public Prepared prepare(List<ConsumerRecord<byte[], byte[]>> records) {
    long now = micros(parts.clock().instant());
    List<Origin> origins = new ArrayList<>();
    List<SampleRow> rows = new ArrayList<>();
    Refusals refusals = new Refusals();
    List<Arrival> canaries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        TelemetryBatch batch =
            TelemetryCodec.decode(record.value() == null ? NOTHING : record.value());
        String device = batch.device().toString();
        for (TagSeries series : batch.series()) {
          Origin origin = new Origin(record, batch, series);
          origins.add(origin);
          int before = rows.size();
          take(origin, device, origins.size() - 1, now, rows, refusals);
          if (live && rows.size() > before) {
            Arrival.of(device, series, rows.getLast().sample()).ifPresent(canaries::add);
          }
        }
      } catch (TelemetryFormatException unreadable) {
        refusals.unreadable(record, unreadable.reason() + ": " + unreadable.getMessage());
      }
    }
    BatchPlan plan = BatchPlan.of(rows);
    refusals.conflicts(origins, plan.conflicts());
    parts.table().ensure(plan.days());
    return new Prepared(plan, CopyEncoder.encode(plan.rows()), origins, refusals, canaries);
  }

  @Override
  public boolean preparesAhead() {
    return true;
  }

  private void take(
      Origin origin, String device, int number, long now, List<SampleRow> rows, Refusals refusals) {
    TagSeries series = origin.series();
    Tag tag =
        parts
            .registry()
            .resolve(
                origin.batch().device(),
                device,
                series.tag().value(),
                series.type(),
                series.role(),
                newest(series));
    if (!tag.everHad(series.type())) {
      refusals.series(
          origin,
          "tag %s is registered as %s, these values are %s"
              .formatted(tag.key(), tag.type(), series.type()));
      return;
    }
    boolean changed = !tag.versions().isEmpty();
    long gateway = origin.batch().gatewayMicros();
    long keptFrom = parts.retained().from(tag, now);
    boolean imported = !live && ImportMark.isOn(origin.batch().group());
    for (Sample sample : series.samples()) {
      long time = sample.sourceMicros();
      if (changed && tag.versionAt(time).type() != series.type()) {
        refusals.sample(
            origin,
            sample,
            "tag %s is registered as %s at that time, this value is %s"
                .formatted(tag.key(), tag.versionAt(time).type(), series.type()));
      } else if (time < keptFrom) {
        refusals.sample(origin, sample, Retained.reason(tag, keptFrom));
      } else if (!StorableValue.is(sample.value())) {
        refusals.sample(
            origin,
            sample,
            "a text of tag %s has the character U+0000, which cannot be stored: have its device or gateway send it without, then discard this"
                .formatted(tag.key()));
      } else if (imported
          ? parts.window().admitsImported(time, now)
          : parts.window().admits(time, now)) {
        rows.add(new SampleRow(tag.id(), sample, gateway, number));
      } else {
        refusals.sample(
            origin, sample, "source time of tag %s is not plausible".formatted(tag.key()));
      }
    }
  }

  private static long newest(TagSeries series) {
    long newest = Long.MIN_VALUE;
    for (Sample sample : series.samples()) {
      newest = Math.max(newest, sample.sourceMicros());
    }
    return newest;
  }

  @Override
  public Stored store(Prepared prepared, Instant transactionTime) {
    parts.faults().reached("before-copy");
    BatchPlan plan = prepared.plan();
    Connection connection = DataSourceUtils.getConnection(parts.dataSource());
    try {
      var written = writer.write(connection, plan.rows(), prepared.encoded(), transactionTime);
      long refusedBefore = prepared.refusals().count() - plan.conflicts().size();
      StageBook book =
          StageBook.of(plan, refusedBefore, written.inserted(), written.conflicts().size());
      prepared.refusals().conflicts(prepared.origins(), written.conflicts());
      Runnable marksCommitted =
          written.inserted() == 0 ? NO_MARKS : marks.mark(connection, plan.rows());
      parts.canaries().arrived(prepared.canaries(), transactionTime);
      markLastValues(connection);
      return new Stored(
          new StageCounts(book.in(), book.stored(), book.setAside(), book.repeats()),
          prepared.refusals().setAside(),
          () -> {
            marksCommitted.run();
            committed(without(plan.rows(), written.conflicts()), transactionTime);
          });
    } catch (SQLException failed) {
      throw new UncategorizedSQLException("store samples", null, failed);
    } finally {
      DataSourceUtils.releaseConnection(connection, parts.dataSource());
    }
  }

  @Override
  public void setAside(List<SetAside> refused) {
    List<SetAside> kept = live ? refused : parts.imported().counted(refused);
    parts.quarantine().keep(stage, kept, true);
  }

  @Override
  public void dropCaches() {
    marks.forget();
    parts.table().forget();
  }

  private void markLastValues(Connection connection) throws SQLException {
    Instant now = parts.clock().instant();
    if (live && !now.isBefore(nextMark)) {
      nextMark = now.plusMillis(LastValueStore.EVERY_MILLIS);
      long version = parts.lastValues().version();
      List<LastValue> changed = parts.lastValues().changedSince(marked);
      if (!changed.isEmpty()) {
        parts.lastValueStore().write(connection, changed);
      }
      marked = version;
    }
  }

  private static List<SampleRow> without(List<SampleRow> rows, List<SampleRow> conflicts) {
    if (conflicts.isEmpty()) {
      return rows;
    }
    Set<SampleRow> refused = new HashSet<>(conflicts);
    return rows.stream().filter(row -> !refused.contains(row)).toList();
  }

  /**
   * @param rows that are in the table now, in writing order
   */
  private void committed(List<SampleRow> rows, Instant transactionTime) {
    parts.lastValues().committed(rows, micros(transactionTime));
    if (live) {
      long stored = micros(parts.clock().instant());
      // A metric of every value takes its time; the next transaction need not wait for it.
      if (measuring.tryAcquire()) {
        Thread.startVirtualThread(
            () -> {
              try {
                measure(rows, stored);
              } finally {
                measuring.release();
              }
            });
      } else {
        measure(rows, stored);
      }
    }
  }

  private void measure(List<SampleRow> rows, long stored) {
    for (SampleRow row : rows) {
      parts.latency().record(row.sample().sourceMicros(), stored);
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
