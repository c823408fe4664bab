package io.linewright.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;

/** Nothing here starts a container: the build has no Docker. */
class ComposeFileTest {

  /** What a name in the environment may stand for: the properties of docs/operations.md. */
  private static final List<String> PROPERTIES =
      List.of(
          "server.address",
          "linewright.service.instance",
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
          "linewright.gateway.routes.oee",
          "linewright.gateway.keys.master-file",
          "linewright.gateway.bootstrap.users.0.name",
          "linewright.gateway.bootstrap.users.0.password",
          "linewright.gateway.bootstrap.users.0.roles",
          "linewright.gateway.bootstrap.clients.0.id",
          "linewright.gateway.bootstrap.clients.0.secret",
          "linewright.gateway.bootstrap.clients.0.roles");

  /** Our services, and the port of each in its container. */
  private static final Map<String, String> PORTS =
      Map.of("edge", "8082", "bridge", "8082", "ingest", "8081", "oee", "8084", "gateway", "8080");

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
            "oee",
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

  @Test
  void instancesOfTheHistorianAreNamedByTheirContainers() {
    Map<?, ?> environment = part("ingest", "environment");
    // Compose makes one of two dollar signs.
    String told = String.valueOf(environment.get("LINEWRIGHT_SERVICE_INSTANCE")).replace("$$", "$");
    MutablePropertySources sources = new MutablePropertySources();
    sources.addLast(
        new SystemEnvironmentPropertySource(
            "environment",
            Map.of("LINEWRIGHT_SERVICE_INSTANCE", told, "HOSTNAME", "0f1e2d3c4b5a")));
    sources.addLast(new MapPropertySource("defaults", Map.of("linewright.service.instance", "1")));

    assertThat(new PropertySourcesPropertyResolver(sources))
        .extracting(resolver -> resolver.getProperty("linewright.service.instance"))
        .isEqualTo("0f1e2d3c4b5a");
    // What would be the same for two of them, Compose does not allow to scale.
    assertThat(service("ingest")).doesNotContainKeys("container_name", "ports", "hostname");
  }

  @Test
  void everyJavaVirtualMachineHasABoundOfMemory() throws IOException {
    assertThat(Files.readString(deploy("Dockerfile"))).contains("-XX:MaxRAMPercentage=70");
    assertThat(PORTS.keySet())
        .allSatisfy(
            name ->
                assertThat(String.valueOf(service(name).get("mem_limit"))).matches("[0-9]{3,4}m"));
  }

  @Test
  void everyServiceIsAskedForItsHealth() throws IOException {
    assertThat(Files.readString(deploy("Dockerfile")))
        .contains("COPY deploy/services/healthy /app/healthy");
    assertThat(Files.isExecutable(deploy("healthy"))).isTrue();
    PORTS.forEach(
        (name, port) ->
            assertThat(String.valueOf(part(name, "healthcheck").get("test")))
                .as(name)
                .startsWith("[CMD, /app/healthy, " + port));
  }

  @Test
  void healthIsAnAnswerWithTheCode200() throws Exception {
    AtomicReference<String> token = new AtomicReference<>();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        request -> {
          boolean up = request.getRequestURI().getPath().equals("/actuator/health/readiness");
          token.set(request.getRequestHeaders().getFirst("Authorization"));
          byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
          request.sendResponseHeaders(up ? 200 : 503, body.length);
          request.getResponseBody().write(body);
          request.close();
        });
    server.start();
    String port = Integer.toString(server.getAddress().getPort());
    try {
      assertThat(healthy(port)).isZero();
      assertThat(token.get()).isNull();
      assertThat(healthy(port, "/actuator/health")).isOne();
    } finally {
      server.stop(0);
    }
    assertThat(healthy(port)).isNotZero();
  }

  private static int healthy(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", deploy("healthy").toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static Path deploy(String file) {
    return StandaloneMainTest.root().resolve("deploy/services").resolve(file);
  }

  private static Map<?, ?> part(String service, String name) {
    return service(service).get(name) instanceof Map<?, ?> part ? part : Map.of();
  }

  private static Map<String, Object> service(String name) {
    return services.getOrDefault(name, Map.of());
  }
}
