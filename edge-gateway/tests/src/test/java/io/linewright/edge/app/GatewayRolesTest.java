package io.linewright.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestMqtt;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.NestedExceptionUtils;

/**
 * What only these two roles have, as their {@code main} starts them, against a real broker and a
 * real Kafka; what they have like every service is in their contract tests.
 */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
class GatewayRolesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A gateway file with a machine that does not answer; of a site, for a host. */
  static final String ROLES_FILE =
      """
      version: 1
      gateway: {group: "acme:%1$s", node: gw-1, host: %2$s}
      connections:
        - {id: saw, driver: modbus-tcp, host: 127.0.0.1, port: 1, poll-interval: 1s}
      devices:
        - path: acme/%1$s/packaging/line-1/saw-1
          connection: saw
          unit-id: 1
          tags:
            - {name: x, register: "coil:1", encoding: bool, type: boolean}
      """;

  private TestTokens tokens;
  private TestKafka kafka;
  private TestMqtt mqtt;
  private RunningService edge;
  private RunningService bridge;

  @SuppressWarnings("NullAway.Init") // set before the first test
  GatewayRolesTest() {}

  @BeforeAll
  void startBoth(TestKafka sharedKafka, TestMqtt sharedMqtt, @TempDir Path directory)
      throws Exception {
    kafka = sharedKafka;
    mqtt = sharedMqtt;
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    bridge = bridge("linewright-roles");
    Path file =
        Files.writeString(
            directory.resolve("edge.yaml"), ROLES_FILE.formatted("roles", "linewright-roles"));
    edge =
        start(
            "linewright.edge.role=edge",
            "linewright.edge.file=" + file,
            "linewright.edge.data-dir=" + directory.resolve("data"));
  }

  @AfterAll
  void stopBoth() {
    for (RunningService service : new RunningService[] {edge, bridge}) {
      if (service != null) {
        service.close();
      }
    }
    tokens.close();
  }

  private RunningService bridge(String host) {
    return start(
        "linewright.edge.role=bridge",
        "linewright.bridge.host-id=" + host,
        "linewright.bridge.groups[0]=acme:roles",
        "linewright.kafka.create-topics=false");
  }

  private RunningService start(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("linewright.mqtt.url=" + mqtt.url());
    all.add("linewright.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    all.add("linewright.security.issuer=" + tokens.issuer());
    return RunningService.start(EdgeGatewayApplication.builder(), all);
  }

  @Test
  void edgeTellsItsDriversAndItsUplink() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(edge.get("/actuator/health", tokens.token("viewer")).body())
                    .contains("\"drivers\"", "\"saw\"", "\"state\":\"waiting\"")
                    .contains("no connection to 127.0.0.1:1")
                    .contains("\"uplink\"", "\"state\":\"online\"", "unconfirmed-records"));
  }

  @Test
  void bridgeTellsItsState() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(bridge.get("/actuator/health", tokens.token("viewer")).body())
                    .contains("\"bridge\"", "\"state\":\"running\"", "\"broker\":\"connected\""));
  }

  @Test
  void bridgeThatAnotherTookOverFromIsNotReady() {
    try (RunningService first = bridge("linewright-fenced")) {
      await()
          .atMost(PATIENCE)
          .until(() -> first.get("/actuator/health/readiness", null).statusCode() == 200);
      try (RunningService second = bridge("linewright-fenced")) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(first.get("/actuator/health", tokens.token("viewer")).body())
                        .contains("\"state\":\"stopped\"")
                        .contains("another bridge with host id 'linewright-fenced'"));
        assertThat(first.get("/actuator/health/readiness", null).statusCode()).isEqualTo(503);
        assertThat(first.get("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
        await()
            .atMost(PATIENCE)
            .until(() -> second.get("/actuator/health/readiness", null).statusCode() == 200);
      }
    }
  }

  @Test
  void roleThatThereIsNotIsRefused() {
    Throwable refused = catchThrowable(() -> start("linewright.edge.role=both").close());

    assertThat(NestedExceptionUtils.getMostSpecificCause(refused))
        .isInstanceOfSatisfying(
            InvalidConfigurationPropertyValueException.class,
            cause -> {
              assertThat(cause.getName()).isEqualTo("linewright.edge.role");
              assertThat(cause.getReason()).contains("'edge'", "'bridge'");
            });
  }
}
