package io.linewright.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.NestedExceptionUtils;

/** Both roles as their {@code main} starts them, against a real broker and a real Kafka. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
class GatewayRolesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
            directory.resolve("edge.yaml"),
            """
            version: 1
            gateway: {group: "acme:roles", node: gw-1, host: linewright-roles}
            connections:
              - {id: saw, driver: modbus-tcp, host: 127.0.0.1, port: 1, poll-interval: 1s}
            devices:
              - path: acme/roles/packaging/line-1/saw-1
                connection: saw
                unit-id: 1
                tags:
                  - {name: x, register: "coil:1", encoding: bool, type: boolean}
            """);
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
    String[] all = java.util.Arrays.copyOf(properties, properties.length + 1);
    all[properties.length] = "linewright.mqtt.url=" + mqtt.url();
    return RunningService.start(
        EdgeGatewayApplication.builder(),
        kafka,
        "jdbc:none:the-gateway-has-no-database",
        tokens,
        all);
  }

  @Test
  void healthAndProbesAnswerWithoutToken() {
    for (RunningService service : List.of(edge, bridge)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(service.get("/actuator/health", null).statusCode()).isEqualTo(200));
      assertThat(service.get("/actuator/health", null).body()).doesNotContain("components");
      assertThat(service.get("/actuator/health/liveness", null).body()).contains("UP");
      assertThat(service.get("/actuator/health/readiness", null).body()).contains("UP");
    }
  }

  @Test
  void everyOtherRouteRefusesRequestsWithoutToken() {
    for (RunningService service : List.of(edge, bridge)) {
      for (String path : List.of("/actuator/prometheus", "/v3/api-docs", "/no/such/route")) {
        var answer = service.get(path, null);
        assertThat(answer.statusCode()).as(path).isEqualTo(401);
        assertThat(answer.body()).contains("urn:linewright:problem:unauthenticated");
      }
      assertThat(service.get("/actuator/prometheus", tokens.forgedToken("admin")).statusCode())
          .isEqualTo(401);
      assertThat(service.get("/actuator/prometheus", tokens.token("viewer")).body())
          .contains("jvm_memory_used_bytes");
    }
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
  void defaultsOfTheHouseHold() {
    for (RunningService service : List.of(edge, bridge)) {
      var environment = service.context().getEnvironment();
      assertThat(environment.getProperty("spring.application.name")).isEqualTo("edge-gateway");
      assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
      assertThat(environment.getProperty("server.shutdown")).isEqualTo("graceful");
      assertThat(environment.getProperty("management.endpoints.web.exposure.include"))
          .isEqualTo("health,prometheus");
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

  @Test
  void everyPackageIsNullMarked() {
    Map<String, Boolean> marked = new TreeMap<>();
    new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.linewright.edge")
        .forEach(
            type -> marked.computeIfAbsent(type.getPackageName(), GatewayRolesTest::isNullMarked));
    assertThat(marked).hasSizeGreaterThan(15);
    assertThat(marked).allSatisfy((name, is) -> assertThat(is).as(name).isTrue());
  }

  private static boolean isNullMarked(String name) {
    try {
      return Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class);
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }
}
