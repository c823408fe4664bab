package io.linewright.oee.app;

import io.linewright.kit.security.OperatorRights;
import io.linewright.kit.topic.ServiceTopics;
import io.linewright.model.topic.Topic;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OeeSettings.class)
class OeeConfiguration {

  @Bean
  ServiceTopics serviceTopics() {
    return new ServiceTopics(
        List.of(
            Topic.MACHINE_EVENTS,
            Topic.EQUIPMENT,
            Topic.QUARANTINE,
            Topic.OEE,
            Topic.PRODUCTION_PERFORMANCE,
            Topic.MASTER_DATA));
  }

  /** What people at the machines may say; the rest needs the role admin. */
  @Bean
  OperatorRights operatorRights() {
    return new OperatorRights(
        List.of(
            new OperatorRights.Request(HttpMethod.POST, "/api/v1/stops/*/*"),
            new OperatorRights.Request(HttpMethod.DELETE, "/api/v1/stops/*/classifications"),
            new OperatorRights.Request(HttpMethod.DELETE, "/api/v1/stops/*/words/*"),
            new OperatorRights.Request(HttpMethod.POST, "/api/v1/order-runs"),
            new OperatorRights.Request(HttpMethod.POST, "/api/v1/counts/corrections"),
            new OperatorRights.Request(HttpMethod.POST, "/api/v1/manual-reports")));
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
