package io.linewright.gateway.app.audit;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the record. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

  @Bean
  AuditLog auditLog(JdbcClient jdbc, AuditSettings settings, InstantSource clock) {
    return new AuditLog(jdbc, settings, clock);
  }
}
