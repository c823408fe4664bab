package io.linewright.ingest.app.command;

import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.security.OperatorRights;
import io.linewright.model.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

  @Bean
  OperatorRights operatorRights() {
    return new OperatorRights(
        List.of(
            new OperatorRights.Request(HttpMethod.POST, "/api/v1/commands"),
            new OperatorRights.Request(HttpMethod.PUT, "/api/v1/gateways/*/write-stop"),
            new OperatorRights.Request(HttpMethod.POST, "/api/v1/annotations"),
            new OperatorRights.Request(HttpMethod.PUT, "/api/v1/annotations/*"),
            new OperatorRights.Request(HttpMethod.DELETE, "/api/v1/annotations/*")));
  }

  @Bean
  CommandStore commandStore(JdbcClient jdbc) {
    return new CommandStore(jdbc);
  }

  @Bean
  CommandDesk commandDesk(
      CommandStore store,
      Outbox outbox,
      PlatformTransactionManager transactions,
      InstantSource clock) {
    return new CommandDesk(store, outbox, new TransactionTemplate(transactions), clock);
  }

  @Bean
  ExactlyOnceConsumer<List<ConsumerRecord<byte[], byte[]>>> commandListener(
      ExactlyOnce kit,
      CommandStore store,
      Quarantine quarantine,
      JsonMapper json,
      MeterRegistry meters) {
    Counter strangers =
        Counter.builder("linewright.commands.unknown")
            .description("Steps of commands that are not, or no longer, in the table")
            .register(meters);
    return kit.consumer(
        "commands",
        Topic.COMMAND_RESULTS,
        new CommandHandler(store, quarantine, json, strangers::increment));
  }
}
