package io.linewright.kit.autoconfigure;

import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.health.ConsumerMeters;
import io.linewright.kit.health.ConsumersHealth;
import io.linewright.kit.health.OutboxHealth;
import io.linewright.kit.health.OutboxMeters;
import io.linewright.kit.health.ThreadsHealth;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.kafka.ServiceIdentity;
import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.observe.StoredLatency;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.outbox.OutboxFactory;
import io.linewright.kit.outbox.OutboxRelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exactly-once processing and the outbox, for services that have a database and Kafka. Their Flyway
 * locations include {@code classpath:db/kit}.
 */
@AutoConfiguration(
    after = KafkaAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
      "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
      "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnBean({DataSource.class, KafkaClients.class})
@ConditionalOnProperty("linewright.exactly-once.enabled")
class ExactlyOnceAutoConfiguration {

  @Bean
  StageBooks stageBooks(JdbcClient jdbc, ServiceIdentity identity, MeterRegistry meters) {
    return new StageBooks(jdbc, identity, meters);
  }

  @Bean
  StoredLatency storedLatency(MeterRegistry meters) {
    return new StoredLatency(meters);
  }

  @Bean
  ExactlyOnce exactlyOnce(
      KafkaClients clients,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      StageBooks books,
      FaultPoints faults,
      InstantSource clock) {
    return new ExactlyOnce(
        clients, jdbc, new TransactionTemplate(transactions), books, faults, clock);
  }

  @Bean
  ConsumersHealth consumersHealthIndicator(ExactlyOnce kit) {
    return new ConsumersHealth(kit);
  }

  @Bean
  ConsumerMeters consumerMeters(ExactlyOnce kit, MeterRegistry meters, InstantSource clock) {
    return new ConsumerMeters(kit, meters, clock);
  }

  @Bean
  OutboxFactory outboxFactory() {
    return new OutboxFactory();
  }

  @Bean
  Outbox outbox(OutboxFactory factory, JdbcClient jdbc, JsonMapper json) {
    return factory.outbox(jdbc, json);
  }

  @Bean
  OutboxRelay outboxRelay(
      OutboxFactory factory,
      DataSource dataSource,
      KafkaClients clients,
      JsonMapper json,
      FaultPoints faults,
      InstantSource clock) {
    return factory.relay(dataSource, clients, json, faults, clock);
  }

  @Bean
  OutboxHealth outboxHealthIndicator(OutboxRelay relay, InstantSource clock) {
    return new OutboxHealth(relay, clock);
  }

  @Bean
  OutboxMeters outboxMeters(OutboxRelay relay, MeterRegistry meters, InstantSource clock) {
    return new OutboxMeters(relay, meters, clock);
  }

  @Bean
  ThreadsHealth threadsHealthIndicator(ExactlyOnce kit, OutboxRelay relay) {
    return new ThreadsHealth(kit, relay);
  }
}
