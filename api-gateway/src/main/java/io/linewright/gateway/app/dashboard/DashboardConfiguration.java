package io.linewright.gateway.app.dashboard;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the page. */
@Configuration(proxyBeanMethods = false)
class DashboardConfiguration {

  @Bean
  ContentPolicy contentPolicy(JsonMapper json) {
    return new ContentPolicy(ImportMap.read(json));
  }
}
