package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.IngestSettings;
import io.linewright.ingest.app.canary.Canaries;
import io.linewright.ingest.app.quarantine.ImportedSetAside;
import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.ingest.app.quarantine.Resubmission;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.ingest.app.storage.LockRoom;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.batch.TimeWindow;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.observe.StoredLatency;
import io.linewright.model.topic.Topic;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

  @Bean
  Canaries canaries(JdbcClient jdbc) {
    return new Canaries(jdbc);
  }

  @Bean
  LastValueStore lastValueStore(JdbcClient jdbc, SampleTable samples) {
    return new LastValueStore(jdbc, samples);
  }

  @Bean
  LastValues lastValues(LastValueStore store, JdbcClient jdbc, SampleTable samples) {
    LockRoom.of(jdbc).warnIfShort(samples.days().size());
    LastValues values = new LastValues();
    values.loaded(store.find());
    return values;
  }

  @Bean
  FormerValues formerValues(JdbcClient jdbc, SampleTable samples, InstantSource clock) {
    return new FormerValues(
        jdbc, samples, clock, Thread::startVirtualThread, FormerValues.MOST_KNOWN);
  }

  @Bean
  LastValueUpdate lastValueUpdate(
      ExactlyOnce kit,
      Registry registry,
      LastValueStore store,
      LastValues values,
      InstantSource clock) {
    return new LastValueUpdate(
        kit::ownership,
        from -> {
          registry.load();
          store.update(values, registry.tags(), from);
        },
        clock,
        LastValueUpdate.PATIENCE,
        Thread::startVirtualThread);
  }

  @Bean
  SampleTable sampleTable(DataSource dataSource, JdbcClient jdbc) {
    return new SampleTable(dataSource, jdbc);
  }

  @Bean
  TelemetryHandler.Parts telemetryParts(
      DataSource dataSource,
      JdbcClient jdbc,
      Registry registry,
      SampleTable table,
      LastValues lastValues,
      LastValueStore lastValueStore,
      Quarantine quarantine,
      StoredLatency latency,
      Canaries canaries,
      IngestSettings settings,
      Retained retained,
      FaultPoints faults,
      InstantSource clock) {
    return new TelemetryHandler.Parts(
        dataSource,
        registry,
        table,
        lastValues,
        lastValueStore,
        quarantine,
        new ImportedSetAside(jdbc, quarantine, settings.quarantineRecords()),
        latency,
        canaries,
        new TimeWindow(settings.oldest(), settings.future()),
        retained,
        faults,
        clock);
  }

  @Bean
  ExactlyOnceConsumer<TelemetryHandler.Prepared> telemetryListener(
      ExactlyOnce kit, TelemetryHandler.Parts parts) {
    return kit.consumer(
        "telemetry", Topic.TELEMETRY, new TelemetryHandler("ingest.telemetry", true, parts));
  }

  @Bean
  ExactlyOnceConsumer<TelemetryHandler.Prepared> backfillListener(
      ExactlyOnce kit, TelemetryHandler.Parts parts) {
    return kit.consumer(
        "telemetry-backfill",
        Topic.TELEMETRY_BACKFILL,
        new TelemetryHandler("ingest.telemetry-backfill", false, parts));
  }

  @Bean
  Resubmission resubmission(TelemetryHandler.Parts parts, StageBooks books, JdbcClient jdbc) {
    return new TelemetryResubmission(parts, books, jdbc);
  }
}
