package io.linewright.oee.app.progress;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ProgressConfiguration {

  @Bean
  ProgressStore progressStore(JdbcClient jdbc) {
    return new ProgressStore(jdbc);
  }
}
