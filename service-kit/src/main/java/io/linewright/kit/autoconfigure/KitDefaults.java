package io.linewright.kit.autoconfigure;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings that every service has unless its own files or the operator say otherwise. */
public final class KitDefaults implements EnvironmentPostProcessor {

  static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("server.address", "127.0.0.1"),
          Map.entry("server.shutdown", "graceful"),
          Map.entry("server.error.include-message", "never"),
          Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
          Map.entry("spring.threads.virtual.enabled", "true"),
          Map.entry("spring.main.banner-mode", "off"),
          Map.entry("spring.jmx.enabled", "false"),
          Map.entry("management.metrics.use-global-registry", "false"),
          Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
          Map.entry("management.endpoint.health.probes.enabled", "true"),
          Map.entry("management.endpoint.health.show-details", "when-authorized"),
          Map.entry("management.endpoint.health.roles", "viewer,operator,admin"),
          Map.entry("linewright.service.instance", "1"),
          Map.entry("linewright.fault.kill-at", ""),
          Map.entry("linewright.fault.clock-offset-file", ""));

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("linewright-defaults", DEFAULTS));
  }
}
