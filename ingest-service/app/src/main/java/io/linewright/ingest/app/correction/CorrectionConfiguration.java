package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.retention.Retained;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class CorrectionConfiguration {

  @Bean
  CorrectionRequests correctionRequests(Registry registry) {
    return new CorrectionRequests(registry);
  }

  @Bean
  CorrectionDesk correctionDesk(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      Retained retained,
      InstantSource clock) {
    return new CorrectionDesk(
        new CorrectionStore(jdbc), new TransactionTemplate(transactions), retained, clock);
  }
}
