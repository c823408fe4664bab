package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.imports.event.EventReaders;
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
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportSettings.class)
class ImportConfiguration {

  @Bean
  ImportStore importStore(JdbcClient jdbc) {
    return new ImportStore(jdbc);
  }

  @Bean
  BackfillLane backfillLane(KafkaClients clients, JsonMapper json) {
    return new BackfillLane(clients, json);
  }

  @Bean
  EventReaders importEventReaders(KafkaClients clients, ImportSettings settings) {
    return new EventReaders(clients, settings.readers());
  }

  @Bean
  ImportDesk importDesk(
      ImportStore store,
      BackfillLane lane,
      EventReaders readers,
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
            new HistorianLead(store, readers, settings.patience(), clock),
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
