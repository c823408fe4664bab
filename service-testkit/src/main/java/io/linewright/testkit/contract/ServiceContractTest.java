package io.linewright.testkit.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.topic.ServiceTopics;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.architecture.HouseRules;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every service does alike; each service, and each role of one, inherits this test. It runs
 * the service as its {@code main} does, from an empty database, against real servers.
 *
 * <p>A service has to say what it has of each kind: a database, topics, messages that it takes.
 * Where it says that it has none, the case is not left out: it proves that there is none.
 */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
public abstract class ServiceContractTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] MESSAGING = {
    "org.apache.kafka..", "org.eclipse.paho..", "io.linewright.kit.exactlyonce.."
  };
  private static final Map<String, String> HOUSE =
      Map.of(
          "server.address", "127.0.0.1",
          "server.shutdown", "graceful",
          "server.error.include-message", "never",
          "spring.threads.virtual.enabled", "true",
          "spring.jmx.enabled", "false",
          "management.metrics.use-global-registry", "false",
          "management.endpoint.health.probes.enabled", "true",
          "management.endpoint.health.show-details", "when-authorized");

  private final JsonMapper json = JsonMapper.builder().build();
  private TestTokens outside;
  private TestTokens tokens;
  private RunningService service;
  private Servers servers;

  @SuppressWarnings("NullAway.Init") // set before the first test
  protected ServiceContractTest() {}

  /** The service as its main class starts it. */
  protected abstract SpringApplicationBuilder application();

  /** What it needs to start besides database, Kafka and issuer, {@code name=value}. */
  protected abstract List<String> properties(Servers servers) throws Exception;

  /** Name of the application. */
  protected abstract String applicationName();

  /** Name of its snapshots in {@code docs/openapi} and {@code docs/configuration}. */
  protected abstract String snapshotName();

  /** Root package of the service. */
  protected abstract String rootPackage();

  /** A path that a viewer may read. */
  protected abstract String readablePath();

  /** Method and path of something that only an admin may do, {@code POST /api/…}. */
  protected abstract String adminOnly();

  /** Topics that the service reads or writes, all of them; none: it knows no Kafka. */
  protected abstract List<Topic> topicsDeclared();

  /** Topics that it reads by the kit's consumers. */
  protected abstract List<Topic> topicsRead();

  /** What it cannot read of what comes to it; empty: it takes no messages. */
  protected abstract Optional<Poison> poison(Servers servers) throws Exception;

  /** Its schema in the database; empty: it has no database. */
  protected abstract Optional<String> schema();

  /**
   * Tokens that it accepts.
   *
   * @param outside those of an issuer beside it; a service that issues its own makes others
   */
  protected TestTokens tokens(RunningService service, TestTokens outside) {
    return outside;
  }

  /** The running service. */
  protected RunningService service() {
    return service;
  }

  @BeforeAll
  void startService(Servers shared) throws Exception {
    servers = shared;
    outside = TestTokens.start();
    List<String> properties = new ArrayList<>();
    properties.add("linewright.security.issuer=" + outside.issuer());
    if (!topicsDeclared().isEmpty()) {
      properties.add("linewright.kafka.bootstrap-servers=" + servers.kafka().bootstrapServers());
      try (var admin = servers.kafka().admin()) {
        TopicProvisioner.ensureAll(admin, Topic.values());
      }
    }
    if (schema().isPresent()) {
      String url = servers.postgres().createDatabase();
      properties.addAll(RunningService.of(new Database(url, TestPostgres.USER, "")));
    }
    properties.addAll(properties(servers));
    service = RunningService.start(application(), properties);
    tokens = tokens(service, outside);
  }

  @AfterAll
  void stopService() {
    if (service != null) {
      service.close();
    }
    outside.close();
  }

  @Test
  void healthAndProbesAnswerWithoutToken() {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(service.get("/actuator/health", null).statusCode()).isEqualTo(200));
    assertThat(service.get("/actuator/health", null).body()).doesNotContain("components");
    assertThat(service.get("/actuator/health/liveness", null).body()).contains("UP");
    assertThat(service.get("/actuator/health/readiness", null).body()).contains("UP");
  }

  @Test
  void everyOtherRouteRefusesRequestsWithoutToken() {
    for (String path :
        List.of(readablePath(), "/actuator/prometheus", "/v3/api-docs", "/no/such/route")) {
      var answer = service.get(path, null);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(answer.body()).contains("urn:linewright:problem:unauthenticated");
    }
  }

  @Test
  void forgedAndExpiredTokensAreRefused() {
    assertThat(service.get(readablePath(), tokens.forgedToken("admin")).statusCode())
        .isEqualTo(401);
    assertThat(service.get(readablePath(), tokens.expiredToken("admin")).statusCode())
        .isEqualTo(401);
    assertThat(service.get(readablePath(), "not.a.token").statusCode()).isEqualTo(401);
  }

  @Test
  void tokensForAnotherAudienceOrForNobodyAreRefused() {
    assertThat(service.get(readablePath(), tokens.tokenFor("elsewhere", "admin")).statusCode())
        .isEqualTo(401);
    assertThat(service.get(readablePath(), tokens.tokenFor(null, "admin")).statusCode())
        .isEqualTo(401);
    assertThat(service.get(readablePath(), tokens.tokenFor("linewright", "viewer")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aViewerReadsAndMayChangeNothing() {
    String[] change = adminOnly().split(" ", 2);

    assertThat(service.get(readablePath(), tokens.token("viewer")).statusCode()).isEqualTo(200);
    var refused = service.send(change[0], change[1], tokens.token("viewer"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("urn:linewright:problem:forbidden");
    assertThat(service.send(change[0], change[1], tokens.token("admin")).statusCode())
        .isNotIn(401, 403);
  }

  @Test
  void aTokenWithoutARoleMayNothing() {
    assertThat(service.get(readablePath(), tokens.token()).statusCode()).isEqualTo(403);
  }

  @Test
  void anUnknownRouteIsAProblemWithAType() {
    var answer = service.get("/no/such/route", tokens.token("admin"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("urn:linewright:problem:not-found");
  }

  @Test
  void metricsAreThereForPrometheus() {
    assertThat(service.get("/actuator/prometheus", tokens.token("admin")).body())
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void topicsAreDeclaredAndConsumed() {
    assertThat(service.context().getBeansOfType(ServiceTopics.class).values())
        .flatExtracting(ServiceTopics::topics)
        .containsExactlyInAnyOrderElementsOf(topicsDeclared());
    assertThat(topicsDeclared()).containsAll(topicsRead());
    assertThat(service.context().getBeansOfType(KafkaClients.class).isEmpty())
        .as("has no Kafka clients")
        .isEqualTo(topicsDeclared().isEmpty());
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(consumers())
                    .allSatisfy(
                        c -> assertThat(c.state().condition()).isEqualTo(Condition.RUNNING)));
    assertThat(consumers())
        .extracting(ExactlyOnceConsumer::topic)
        .containsExactlyInAnyOrderElementsOf(topicsRead().stream().map(Topic::topicName).toList());
  }

  @Test
  void aPoisonMessageIsSetAsideAndHoldsNothingUp() throws Exception {
    Optional<Poison> poison = poison(servers);
    if (poison.isEmpty()) {
      noClasses()
          .that()
          .resideInAPackage(rootPackage() + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MESSAGING)
          .as("a service that says it takes no messages knows no broker")
          .check(HouseRules.production(rootPackage()));
      return;
    }
    long before = poison.get().setAside();
    int sent = poison.get().send();
    assertThat(sent).as("messages sent").isPositive();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(poison.get().setAside()).isEqualTo(before + sent));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(consumers())
                  .allSatisfy(c -> assertThat(c.state().condition()).isEqualTo(Condition.RUNNING));
              assertThat(service.get("/actuator/health/readiness", null).body()).contains("UP");
            });
  }

  @Test
  void unknownJsonFieldsAreTolerated() {
    record OneField(String known) {}

    var mapper = service.context().getBean(JsonMapper.class);

    assertThat(mapper.readValue("{\"known\":\"a\",\"added-later\":1}", OneField.class))
        .isEqualTo(new OneField("a"));
  }

  @Test
  void migrationsRanFromAnEmptyDatabase() {
    if (schema().isEmpty()) {
      assertThat(service.context().getBeansOfType(DataSource.class)).isEmpty();
      return;
    }
    Flyway flyway = service.context().getBean(Flyway.class);
    assertThat(flyway.info().pending()).isEmpty();
    assertThat(flyway.info().applied())
        .isNotEmpty()
        .allSatisfy(done -> assertThat(done.getState()).isEqualTo(MigrationState.SUCCESS));
    assertThat(
            service
                .context()
                .getBean(JdbcClient.class)
                .sql(
                    "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname <> 'information_schema' AND NOT starts_with(schemaname, 'pg_')")
                .query(String.class)
                .list())
        .as("schemas with tables")
        .containsExactly(schema().get());
  }

  @Test
  void defaultsOfTheHouseHold() {
    var environment = service.context().getEnvironment();
    assertThat(environment.getProperty("spring.application.name")).isEqualTo(applicationName());
    HOUSE.forEach(
        (key, value) -> assertThat(environment.getProperty(key)).as(key).isEqualTo(value));
    assertThat(environment.getRequiredProperty("management.endpoints.web.exposure.include"))
        .as("open management endpoints")
        .matches("(health|info|metrics|prometheus)(,(health|info|metrics|prometheus))*");
  }

  /**
   * A key or default that changes changes installations. A wanted change: run with {@code
   * -Dlinewright.snapshots.write=true} and tell it in the change log.
   */
  @Test
  void configurationHasNotChangedUnnoticed() {
    String path = "docs/configuration/" + snapshotName() + ".properties";
    String now = ConfigurationKeys.of(service.context());

    assertThat(now).as("keys and defaults, see %s", path).isEqualTo(Snapshot.of(path).text(now));
  }

  /**
   * Nothing that clients may rely on has gone: every path, method, parameter and answer of the
   * snapshot is still there. A wanted change: run with {@code -Dlinewright.snapshots.write=true}.
   */
  @Test
  void openApiHasNotChangedUnnoticed() {
    String path = "docs/openapi/" + snapshotName() + ".json";
    JsonNode now = described();
    ((ObjectNode) now).remove("servers");
    String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(now) + "\n";
    JsonNode snapshot = json.readTree(Snapshot.of(path).text(text));

    assertThat(BreakingChanges.between(snapshot, now)).as("breaking changes").isEmpty();
    assertThat(now).as("the snapshot %s is out of date; write it anew", path).isEqualTo(snapshot);
  }

  /** Whoever reads the description learns how a request is refused, and what it needs. */
  @Test
  void everyRouteIsDescribedWithItsProblemsAndItsToken() {
    JsonNode described = described();
    for (var path : described.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        assertThat(
                operation
                    .getValue()
                    .at("/responses/default/content/application~1problem+json/schema/$ref")
                    .asString(""))
            .as("problems of %s %s", operation.getKey(), path.getKey())
            .isEqualTo("#/components/schemas/Problem");
        assertThat(described.path("security")).as("needs a token").isNotEmpty();
      }
    }
  }

  /** What the service says of itself; an answer that is none would have no routes to look at. */
  private JsonNode described() {
    var answer = service.get("/v3/api-docs", tokens.token("viewer"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode described = json.readTree(answer.body());
    assertThat(described.path("openapi").asString("")).startsWith("3.");
    return described;
  }

  @Test
  void everyPackageIsNullMarked() {
    Map<String, Boolean> marked = new TreeMap<>();
    HouseRules.production(rootPackage())
        .forEach(
            type ->
                marked.computeIfAbsent(
                    type.getPackageName(),
                    name -> {
                      try {
                        return Class.forName(name + ".package-info")
                            .isAnnotationPresent(NullMarked.class);
                      } catch (ClassNotFoundException missing) {
                        return false;
                      }
                    }));
    assertThat(marked).isNotEmpty().allSatisfy((name, is) -> assertThat(is).as(name).isTrue());
  }

  private List<ExactlyOnceConsumer<?>> consumers() {
    return service.context().getBeanProvider(ExactlyOnce.class).stream()
        .<ExactlyOnceConsumer<?>>flatMap(kit -> kit.consumers().stream())
        .toList();
  }
}
