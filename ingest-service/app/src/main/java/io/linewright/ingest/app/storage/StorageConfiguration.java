package io.linewright.ingest.app.storage;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

  @Bean
  InitializingBean nameOfSessions(JdbcClient jdbc) {
    return () -> IngestPosition.requireName(jdbc);
  }
}
