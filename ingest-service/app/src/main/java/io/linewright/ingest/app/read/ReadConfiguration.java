package io.linewright.ingest.app.read;

import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.truth.CorrectionLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ReadConfiguration {

  @Bean
  SampleQuery sampleQuery(
      JdbcClient jdbc, EffectiveSource effective, CorrectionLog corrections, HeavyReads reads) {
    return new SampleQuery(jdbc, effective, corrections, reads);
  }
}
