package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
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
  Registry registry(
      RegistryStore store, PlatformTransactionManager transactions, InstantSource clock) {
    TransactionTemplate own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    Registry registry = new Registry(store, own, clock);
    registry.load();
    return registry;
  }

  @Bean
  ExactlyOnceConsumer<List<ConsumerRecord<byte[], byte[]>>> equipmentListener(
      ExactlyOnce kit,
      RegistryStore store,
      Registry registry,
      Quarantine quarantine,
      JsonMapper json) {
    return kit.consumer(
        "registry", Topic.EQUIPMENT, new EquipmentHandler(store, registry, quarantine, json));
  }
}
