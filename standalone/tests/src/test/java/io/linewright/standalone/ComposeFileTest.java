package io.linewright.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Nothing here starts a container: the build has no Docker. */
class ComposeFileTest {

  /** What a name in the environment may stand for: the properties of docs/operations.md. */
  private static final List<String> PROPERTIES =
      List.of(
          "server.address",
          "spring.datasource.url",
          "spring.datasource.username",
          "spring.datasource.password",
          "linewright.kafka.bootstrap-servers",
          "linewright.kafka.create-topics",
          "linewright.kafka.properties.security.protocol",
          "linewright.kafka.properties.sasl.mechanism",
          "linewright.kafka.properties.sasl.jaas.config",
          "linewright.mqtt.url",
          "linewright.mqtt.username",
          "linewright.mqtt.password",
          "linewright.mqtt.credentials.file",
          "linewright.edge.role",
          "linewright.edge.file",
          "linewright.edge.data-dir",
          "linewright.bridge.host-id",
          "linewright.bridge.groups",
          "linewright.security.issuer",
          "linewright.security.jwk-set-uri",
          "linewright.gateway.routes.ingest",
          "linewright.gateway.keys.master-file",
          "linewright.gateway.bootstrap.users.0.name",
          "linewright.gateway.bootstrap.users.0.password",
          "linewright.gateway.bootstrap.users.0.roles",
          "linewright.gateway.bootstrap.clients.0.id",
          "linewright.gateway.bootstrap.clients.0.secret",
          "linewright.gateway.bootstrap.clients.0.roles");

  private static String text = "";
  private static Map<String, Map<String, Object>> services = Map.of();

  @BeforeAll
  @SuppressWarnings("unchecked")
  static void read() throws IOException {
    Path file = StandaloneMainTest.root().resolve("docker-compose.yml");
    text = Files.readString(file);
    Map<String, Object> compose = new Yaml().load(text);
    services = (Map<String, Map<String, Object>>) compose.getOrDefault("services", Map.of());
  }

  @Test
  void everyPartOfThePlantIsThere() {
    assertThat(services)
        .containsOnlyKeys(
            "kafka",
            "kafka-access",
            "hivemq",
            "timescaledb",
            "edge",
            "bridge",
            "ingest",
            "gateway");
  }

  @Test
  void everyImageHasAVersion() {
    assertThat(services.values())
        .allSatisfy(
            service ->
                assertThat(String.valueOf(service.get("image")))
                    .matches("[a-z/-]+:[0-9]+\\.[0-9].*")
                    .doesNotContain("latest"));
  }

  @Test
  void everySettingIsKnown() {
    TreeSet<String> known = new TreeSet<>();
    for (String property : PROPERTIES) {
      known.add(property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_'));
    }
    for (Map<String, Object> service : services.values()) {
      if (service.get("environment") instanceof Map<?, ?> environment) {
        assertThat(environment.keySet().stream().map(String::valueOf).toList())
            .filteredOn(name -> name.matches("(LINEWRIGHT|SPRING|SERVER)_.*"))
            .allSatisfy(name -> assertThat(known).contains(name));
      }
    }
  }

  @Test
  void noPasswordHasADefault() {
    assertThat(text.lines().filter(line -> line.matches(".*(PASSWORD|SECRET|JAAS)[A-Z_]*: .*")))
        .hasSizeGreaterThan(8)
        .allSatisfy(line -> assertThat(line).containsPattern("\\$\\{[A-Z_]+:\\?"));
    assertThat(text).doesNotContain(":-");
  }

  @Test
  void onlyTheDashboardIsPublishedAndOnlyHere() {
    assertThat(services.values())
        .filteredOn(service -> service.containsKey("ports"))
        .singleElement()
        .satisfies(
            gateway -> assertThat(gateway.get("ports")).isEqualTo(List.of("127.0.0.1:8080:8080")));
  }
}
