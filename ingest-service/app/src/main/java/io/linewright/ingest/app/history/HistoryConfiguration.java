package io.linewright.ingest.app.history;

import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.truth.CorrectionLog;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

  @Bean
  SampleSource sampleSource(DataSource dataSource) {
    return new SampleSource(dataSource, SampleSource.TIME_LIMIT_SECONDS);
  }

  @Bean
  EffectiveSource effectiveSource(SampleSource source, CorrectionLog corrections) {
    return new EffectiveSource(source, corrections);
  }

  @Bean
  Histories histories(
      Registry registry,
      SampleSource source,
      EffectiveSource effective,
      CorrectionLog corrections,
      JdbcClient jdbc,
      HeavyReads reads,
      InstantSource clock) {
    return new Histories(
        registry, new Histories.Sources(source, effective, corrections), jdbc, reads, clock);
  }
}
