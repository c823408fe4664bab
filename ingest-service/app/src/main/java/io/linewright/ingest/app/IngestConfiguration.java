package io.linewright.ingest.app;

import io.linewright.kit.topic.ServiceTopics;
import io.linewright.model.topic.Topic;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestSettings.class)
class IngestConfiguration {

  @Bean
  ServiceTopics serviceTopics() {
    return new ServiceTopics(
        List.of(
            Topic.TELEMETRY,
            Topic.TELEMETRY_BACKFILL,
            Topic.EQUIPMENT,
            Topic.MACHINE_EVENTS,
            Topic.COMMANDS,
            Topic.COMMAND_RESULTS,
            Topic.QUARANTINE));
  }

  @Bean
  JacksonModule sixDecimals() {
    return new SimpleModule("six-decimals").addSerializer(Instant.class, new SixDecimals());
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Linewright historian")
                .description(
                    "Equipment, tags, samples, imports, last values, data quality, losses,"
                        + " gateways, commands, quarantine")
                .version("v1"));
  }
}
