package io.linewright.ingest.app.loss;

import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class LossConfiguration {

  @Bean
  LossStore lossStore(JdbcClient jdbc) {
    return new LossStore(jdbc);
  }

  @Bean
  ExactlyOnceConsumer<List<ConsumerRecord<byte[], byte[]>>> lossListener(
      ExactlyOnce kit,
      LossStore store,
      Quarantine quarantine,
      JsonMapper json,
      MeterRegistry registry) {
    LossMeters meters = new LossMeters(registry);
    return kit.consumer(
        "losses", Topic.MACHINE_EVENTS, new LossHandler(store, quarantine, json, meters));
  }
}
