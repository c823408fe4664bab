package io.linewright.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
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
 * What every service does alike; each service inherits this test. It runs the service as its {@code
 * main} does, from an empty database, against real Kafka and PostgreSQL.
 */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
public abstract class ServiceContractTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final JsonMapper json = JsonMapper.builder().build();
  private TestTokens tokens;
  private RunningService service;
  private TestKafka kafka;

  @SuppressWarnings("NullAway.Init") // set before the first test
  protected ServiceContractTest() {}

  /** The service as its main class starts it. */
  protected abstract SpringApplicationBuilder application();

  /** Root package of the service's application. */
  protected abstract String rootPackage();

  /** A path that a viewer may read. */
  protected abstract String readablePath();

  /** Method and path of something that only an admin may do, {@code POST /api/…}. */
  protected abstract String adminOnly();

  /** Topics that the service reads. */
  protected abstract List<Topic> topicsRead();

  /** File of the OpenAPI snapshot, relative to the repository's root. */
  protected abstract String openApiSnapshot();

  /** How many records the service has set aside. */
  protected abstract long setAside(JdbcClient jdbc);

  /** Properties beyond the usual ones, {@code name=value}. */
  protected String[] properties() {
    return new String[0];
  }

  /** The running service. */
  protected RunningService service() {
    return service;
  }

  /** Tokens that it accepts. */
  protected TestTokens tokens() {
    return tokens;
  }

  @BeforeAll
  void startService(TestKafka sharedKafka, TestPostgres postgres) throws Exception {
    kafka = sharedKafka;
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    service =
        RunningService.start(application(), kafka, postgres.createDatabase(), tokens, properties());
  }

  @AfterAll
  void stopService() {
    if (service != null) {
      service.close();
    }
    tokens.close();
  }

  @Test
  void healthAndProbesAnswerWithoutToken() {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(service.get("/actuator/health", null).statusCode()).isEqualTo(200));
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
    assertThat(service.get("/actuator/prometheus", tokens.token("viewer")).body())
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void declaredTopicsAreConsumed() {
    var kit = service.context().getBean(ExactlyOnce.class);

    assertThat(kit.consumers())
        .extracting(consumer -> consumer.topic())
        .containsExactlyInAnyOrderElementsOf(topicsRead().stream().map(Topic::topicName).toList());
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(kit.consumers())
                    .allSatisfy(
                        c -> assertThat(c.state().condition()).isEqualTo(Condition.RUNNING)));
  }

  @Test
  void aPoisonMessageIsSetAsideAndHoldsNothingUp() {
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    long before = setAside(jdbc);
    try (var producer = producer()) {
      for (Topic topic : topicsRead()) {
        producer.send(
            new ProducerRecord<>(
                topic.topicName(), "poison".getBytes(StandardCharsets.UTF_8), new byte[] {-1, 0}));
      }
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(setAside(jdbc)).isEqualTo(before + topicsRead().size()));
    assertThat(service.context().getBean(ExactlyOnce.class).consumers())
        .allSatisfy(c -> assertThat(c.state().condition()).isEqualTo(Condition.RUNNING));
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
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);

    assertThat(
            jdbc.sql("SELECT count(*) FROM flyway_schema_history WHERE success")
                .query((row, n) -> row.getLong(1))
                .single())
        .isPositive();
  }

  /**
   * Nothing that clients may rely on has gone: every path, method, parameter and answer of the
   * snapshot is still there. A wanted change: run with {@code -Dlinewright.openapi.write=true}.
   */
  @Test
  void openApiHasNotChangedUnnoticed() throws Exception {
    String token = tokens.token("viewer");
    JsonNode now = json.readTree(service.get("/v3/api-docs", token).body());
    ((ObjectNode) now).remove("servers");
    Path file =
        Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".")).resolve(openApiSnapshot());
    if (Boolean.getBoolean("linewright.openapi.write")) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(now) + "\n");
    }
    JsonNode snapshot = json.readTree(Files.readString(file));
    assertThat(BreakingChanges.between(snapshot, now)).as("breaking changes").isEmpty();
    assertThat(now)
        .as("the snapshot %s is out of date; write it anew", openApiSnapshot())
        .isEqualTo(snapshot);
  }

  @Test
  void everyPackageIsNullMarked() throws Exception {
    Map<String, Boolean> marked = new TreeMap<>();
    var classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(rootPackage());
    classes.forEach(
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

  /** A producer to the service's Kafka. */
  protected KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
