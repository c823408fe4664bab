package io.linewright.oee.app;

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
@EnableConfigurationProperties(OeeSettings.class)
class OeeConfiguration {

  @Bean
  ServiceTopics serviceTopics() {
    return new ServiceTopics(
        List.of(
            Topic.MACHINE_EVENTS, Topic.EQUIPMENT, Topic.MASTER_DATA, Topic.OEE, Topic.QUARANTINE));
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
                .title("Linewright OEE")
                .description("What the machines of the plant made of their time")
                .version("v1"));
  }
}
