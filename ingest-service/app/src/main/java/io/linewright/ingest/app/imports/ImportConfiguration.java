package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportSettings.class)
class ImportConfiguration {

  @Bean
  ImportStore importStore(JdbcClient jdbc) {
    return new ImportStore(jdbc);
  }

  @Bean
  BackfillLane backfillLane(KafkaClients clients) {
    return new BackfillLane(clients);
  }

  @Bean
  ImportDesk importDesk(
      ImportStore store,
      BackfillLane lane,
      Registry registry,
      Retained retained,
      Outbox outbox,
      ImportSettings settings,
      PlatformTransactionManager transactions,
      KafkaClients clients,
      MeterRegistry meters,
      InstantSource clock) {
    AtomicBoolean stopping = new AtomicBoolean();
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    return new ImportDesk(
        new ImportRun.Parts(
            store,
            lane,
            new HistorianLead(store, settings.patience(), clock),
            transaction,
            settings,
            clock,
            stopping::get),
        new RegistryTags.Parts(registry, retained, outbox, transaction, clock),
        stopping,
        clients.identity().instance(),
        meters);
  }
}
