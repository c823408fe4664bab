package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.topic.Topic;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

  @Bean
  RegistryStore registryStore(JdbcClient jdbc) {
    return new RegistryStore(jdbc);
  }

  @Bean
  PlaceStore placeStore(JdbcClient jdbc) {
    return new PlaceStore(jdbc);
  }

  @Bean
  Registry registry(
      RegistryStore store,
      PlaceStore places,
      PlatformTransactionManager transactions,
      InstantSource clock) {
    TransactionTemplate own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    Registry registry = new Registry(store, places, own, clock);
    registry.load();
    return registry;
  }

  @Bean
  EquipmentMoves equipmentMoves(
      PlaceStore places,
      Registry registry,
      Outbox outbox,
      PlatformTransactionManager transactions,
      InstantSource clock) {
    return new EquipmentMoves(
        places, registry, outbox, new TransactionTemplate(transactions), clock);
  }

  @Bean
  ExactlyOnceConsumer<List<ConsumerRecord<byte[], byte[]>>> equipmentListener(
      ExactlyOnce kit,
      RegistryStore store,
      PlaceStore places,
      Outbox outbox,
      Registry registry,
      Quarantine quarantine,
      JsonMapper json) {
    return kit.consumer(
        "registry",
        Topic.EQUIPMENT,
        new EquipmentHandler(new Announcements(places, store, outbox), registry, quarantine, json));
  }
}
