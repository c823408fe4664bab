package io.linewright.edge.app;

import io.linewright.testkit.contract.ServiceContractTest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What both roles have in common: neither has a database or routes of its own. */
abstract class GatewayContractTest extends ServiceContractTest {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  protected SpringApplicationBuilder application() {
    return EdgeGatewayApplication.builder();
  }

  @Override
  protected String applicationName() {
    return "edge-gateway";
  }

  @Override
  protected String rootPackage() {
    return "io.linewright.edge";
  }

  @Override
  protected String readablePath() {
    return "/actuator/prometheus";
  }

  @Override
  protected String adminOnly() {
    return "POST /actuator/prometheus";
  }

  @Override
  protected Optional<String> schema() {
    return Optional.empty();
  }
}
