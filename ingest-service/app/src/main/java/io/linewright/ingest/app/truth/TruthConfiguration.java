package io.linewright.ingest.app.truth;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class TruthConfiguration {

  @Bean
  CorrectionLog correctionLog(JdbcClient jdbc) {
    return new CorrectionLog(jdbc);
  }
}
