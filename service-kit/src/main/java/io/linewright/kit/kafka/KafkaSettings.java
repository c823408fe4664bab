package io.linewright.kit.kafka;

import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties passed to every client as they are: {@code security.protocol}, {@code
 *     sasl.mechanism}, {@code sasl.jaas.config}, {@code ssl.*}
 * @param createTopics whether a service creates the topics that it needs and that are missing
 */
@Validated
@ConfigurationProperties("linewright.kafka")
public record KafkaSettings(
    @NotBlank String bootstrapServers,
    @DefaultValue Map<String, String> properties,
    @DefaultValue("true") boolean createTopics) {

  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  /** Leaves out the properties: they may hold a password. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=" + bootstrapServers + "]";
  }
}
