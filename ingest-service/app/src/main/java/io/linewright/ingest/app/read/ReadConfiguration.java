package io.linewright.ingest.app.read;

import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.truth.CorrectionLog;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ReadConfiguration {

  @Bean
  SampleQuery sampleQuery(
      DataSource dataSource,
      JdbcClient jdbc,
      EffectiveSource effective,
      CorrectionLog corrections) {
    return new SampleQuery(dataSource, jdbc, effective, corrections);
  }
}
