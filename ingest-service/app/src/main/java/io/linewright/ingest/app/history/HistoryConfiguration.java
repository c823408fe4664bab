package io.linewright.ingest.app.history;

import io.linewright.ingest.app.registry.Registry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

  @Bean
  Histories histories(
      Registry registry, DataSource dataSource, JdbcClient jdbc, InstantSource clock) {
    return new Histories(registry, dataSource, jdbc, clock);
  }
}
