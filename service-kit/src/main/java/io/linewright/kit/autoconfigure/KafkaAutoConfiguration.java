package io.linewright.kit.autoconfigure;

import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.kafka.KafkaSettings;
import io.linewright.kit.kafka.ServiceIdentity;
import io.linewright.kit.topic.ServiceTopics;
import io.linewright.kit.topic.TopicCreation;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Kafka clients, for services that are told where Kafka is. */
@AutoConfiguration(after = ProcessAutoConfiguration.class)
@ConditionalOnProperty("linewright.kafka.bootstrap-servers")
@EnableConfigurationProperties(KafkaSettings.class)
class KafkaAutoConfiguration {

  @Bean
  KafkaClients kafkaClients(KafkaSettings settings, ServiceIdentity identity) {
    return new KafkaClients(settings, identity);
  }

  @Bean
  @ConditionalOnBean(ServiceTopics.class)
  @ConditionalOnProperty(name = "linewright.kafka.create-topics", matchIfMissing = true)
  TopicCreation topicCreation(KafkaClients clients, ServiceTopics topics) {
    return new TopicCreation(clients, topics);
  }
}
