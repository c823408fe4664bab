package io.linewright.oee.app.registry;

import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.setaside.SetAsides;
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
  MachineStore machineStore(JdbcClient jdbc) {
    return new MachineStore(jdbc);
  }

  @Bean
  Devices devices(JdbcClient jdbc) {
    return new Devices(jdbc);
  }

  @Bean
  Tracks tracks(JdbcClient jdbc) {
    return new Tracks(jdbc);
  }

  @Bean
  Identities identities(MachineStore store, Handover handover) {
    return new Identities(store, handover);
  }

  @Bean
  Machines machines(
      MachineStore store, Identities identities, PlatformTransactionManager transactions) {
    TransactionTemplate own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    Machines machines = new Machines(store, identities, own);
    machines.refresh();
    return machines;
  }

  @Bean
  ExactlyOnceConsumer<List<ConsumerRecord<byte[], byte[]>>> machineListener(
      ExactlyOnce kit,
      MachineStore store,
      Identities identities,
      Devices devices,
      Tracks tracks,
      Handover handover,
      SetAsides setAsides,
      JsonMapper json) {
    return kit.consumer(
        "registry",
        Topic.EQUIPMENT,
        new MachineHandler(store, identities, devices, tracks, handover, setAsides, json));
  }
}
