package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.outbox.Outbox;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QualitySettings.class)
class QualityConfiguration {

  @Bean
  QualityStore qualityStore(JdbcClient jdbc) {
    return new QualityStore(jdbc);
  }

  @Bean
  QualityDesk qualityDesk(
      QualityStore store,
      JdbcClient jdbc,
      KafkaClients clients,
      Registry registry,
      Outbox outbox,
      PlatformTransactionManager transactions,
      QualitySettings settings,
      InstantSource clock) {
    return new QualityDesk(
        new QualityDesk.Parts(
            store,
            new NightStore(jdbc, clients.identity().instance()),
            new QualityJudge(new DayReader(jdbc)),
            registry,
            outbox,
            new TransactionTemplate(transactions),
            settings,
            clock));
  }

  @Bean
  QualityThread qualityThread(QualityDesk desk) {
    return new QualityThread(desk);
  }
}
