package io.linewright.edge.app;

import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Refuses to start in a role that there is not: such a process would be up and do nothing. */
@Configuration(proxyBeanMethods = false)
class RoleConfiguration {

  private static final String PROPERTY = "linewright.edge.role";

  /** What this process is. */
  enum Role {
    /** Reads machines and publishes on MQTT. */
    EDGE,
    /** Carries MQTT onto Kafka. */
    BRIDGE
  }

  @Bean
  Role gatewayRole(@Value("${" + PROPERTY + "}") String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "edge" -> Role.EDGE;
      case "bridge" -> Role.BRIDGE;
      default ->
          throw new InvalidConfigurationPropertyValueException(
              PROPERTY,
              name,
              "it must be 'edge' (reads machines, publishes on MQTT) or 'bridge' (carries MQTT onto"
                  + " Kafka)");
    };
  }
}
