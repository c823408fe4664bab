package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.quality.day.QualityJudge;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.outbox.Outbox;
import java.time.InstantSource;
import java.time.ZoneId;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QualitySettings.class)
class QualityConfiguration {

  /** The zone of the site, also for calendars of other answers. */
  @Bean
  ZoneId siteZone(QualitySettings settings) {
    return settings.zone();
  }

  @Bean
  QualityStore qualityStore(JdbcClient jdbc) {
    return new QualityStore(jdbc);
  }

  @Bean
  RuleStore ruleStore(JdbcClient jdbc) {
    return new RuleStore(jdbc);
  }

  @Bean
  QualityPlaces qualityPlaces(Registry registry) {
    return new QualityPlaces(registry);
  }

  @Bean
  Questions qualityQuestions(InstantSource clock) {
    return new Questions(clock, Questions.PATIENCE);
  }

  @Bean
  QualityDesk qualityDesk(
      QualityStore store,
      RuleStore rules,
      JdbcClient jdbc,
      KafkaClients clients,
      QualityPlaces places,
      Registry registry,
      Retained retained,
      Outbox outbox,
      PlatformTransactionManager transactions,
      QualitySettings settings,
      InstantSource clock) {
    return new QualityDesk(
        new QualityDesk.Parts(
            store,
            rules,
            new NightStore(jdbc, clients.identity().instance()),
            new QualityJudge(jdbc),
            places,
            registry,
            retained,
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
