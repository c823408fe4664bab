package io.linewright.ingest.app.retention;

import io.linewright.ingest.app.retention.RetentionWorker.Swept;
import io.linewright.ingest.app.rollup.Periodic;
import io.linewright.ingest.app.storage.SampleTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionConfiguration {

  @Bean
  Retained retained(JdbcClient jdbc, RetentionSettings settings) {
    Retained retained = new Retained(jdbc, settings);
    retained.refresh();
    return retained;
  }

  @Bean
  StorageState storageState(
      JdbcClient jdbc, SampleTable table, RetentionSettings settings, InstantSource clock) {
    return new StorageState(jdbc, table, settings, clock);
  }

  @Bean
  Periodic retentionThread(
      DataSource dataSource,
      SampleTable table,
      Retained retained,
      RetentionSettings settings,
      MeterRegistry meters,
      InstantSource clock) {
    RetentionWorker worker = new RetentionWorker(dataSource, table, settings, clock);
    Counter chunks = meters.counter("linewright.retention.chunks");
    Counter samples = meters.counter("linewright.retention.samples");
    Counter compressed = meters.counter("linewright.retention.compressed");
    Counter rollups = meters.counter("linewright.retention.rollups");
    return new Periodic(
        "retention",
        settings.interval(),
        () -> {
          Swept swept = worker.sweep();
          chunks.increment(swept.chunks());
          samples.increment(swept.samples());
          rollups.increment(swept.rollups());
          compressed.increment(swept.compressed());
          retained.refresh();
        });
  }
}
