package io.linewright.ingest.app.quarantine;

import io.linewright.ingest.app.IngestSettings;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.topic.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class QuarantineConfiguration {

  @Bean
  QuarantineStore quarantineStore(JdbcClient jdbc) {
    return new QuarantineStore(jdbc);
  }

  @Bean
  Quarantine quarantine(
      QuarantineStore store,
      Outbox outbox,
      InstantSource clock,
      IngestSettings settings,
      MeterRegistry registry) {
    Quarantine quarantine = new Quarantine(store, outbox, clock, settings.quarantineRecords());
    Gauge.builder("linewright.quarantine.records", quarantine, Quarantine::knownCount)
        .description("Records that wait in quarantine, of all instances")
        .register(registry);
    Gauge.builder("linewright.quarantine.bound", quarantine, Quarantine::bound)
        .description("Records in quarantine at which consumption pauses")
        .register(registry);
    return quarantine;
  }

  @Bean
  QuarantineDesk quarantineDesk(
      QuarantineStore store,
      Resubmission resubmission,
      TransactionTemplate transaction,
      InstantSource clock) {
    return new QuarantineDesk(
        store, resubmission, transaction, clock, QuarantineDesk.PATIENCE_WITH_OTHERS);
  }

  @Bean
  ExactlyOnceConsumer<List<ConsumerRecord<byte[], byte[]>>> quarantineListener(
      ExactlyOnce kit, Quarantine quarantine, JsonMapper json) {
    return kit.consumer("quarantine", Topic.QUARANTINE, new QuarantineHandler(quarantine, json));
  }
}
