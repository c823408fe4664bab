package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.exactlyonce.ConsumerState;
import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database full, hanging, away: the historian pauses, says why, and goes on by itself. */
@ExtendWith(TestServers.class)
class DatabaseTroubleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String MILL = "acme/graz/machining/trouble/mill";

  /** As a full disk makes PostgreSQL say it. */
  private static final String NO_ROOM =
      """
      CREATE FUNCTION ingest.no_room() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
      END $$
      """;

  private static final Pattern METRIC = Pattern.compile("\\blinewright_\\w+");
  private static final String OF_GATEWAYS = "linewright_canary_stalled";

  private final long begin = Instant.now().getEpochSecond() * 1_000_000;

  @Test
  void valuesWaitAndAreStoredOnceAndNoneIsSetAside(TestPostgres postgres) throws Exception {
    String database = postgres.createDatabase();
    try (TestKafka kafka = TestKafka.start();
        TestTokens tokens = TestTokens.start();
        PlantTraffic plant = new PlantTraffic(kafka.bootstrapServers())) {
      try (var admin = kafka.admin()) {
        TopicProvisioner.ensureAll(admin, Topic.values());
      }
      try (RunningService service =
          RunningService.start(
              IngestServiceApplication.builder(),
              kafka,
              database,
              tokens,
              "linewright.service.instance=trouble",
              "spring.datasource.hikari.connection-timeout=1000",
              "spring.datasource.hikari.data-source-properties.socketTimeout=3")) {
        send(plant, 1);
        awaitStored(service, 1);

        full(service, plant);
        hanging(service, plant, tokens, database);

        assertThat(number(service, "SELECT records FROM quarantine_count")).isZero();
        assertThat(
                number(
                    service,
                    "SELECT count(*) FROM stage_counter"
                        + " WHERE \"in\" <> \"out\" + set_aside + duplicates"))
            .as("books that do not balance")
            .isZero();
        assertThat(service.get("/actuator/prometheus", tokens.token("viewer")).body().lines())
            .map(line -> line.split("[ {]", 2)[0])
            .containsAll(metricsOfAlerts());
      }
    }
  }

  /** What the suggested rules ask for, but what comes with the first gateway. */
  private static Set<String> metricsOfAlerts() throws IOException {
    Path root = Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", "."));
    String rules = Files.readString(root.resolve("deploy/prometheus/linewright-alerts.yaml"));
    Set<String> names =
        METRIC.matcher(rules).results().map(MatchResult::group).collect(Collectors.toSet());
    assertThat(names).hasSizeGreaterThan(8).contains(OF_GATEWAYS);
    names.remove(OF_GATEWAYS);
    return names;
  }

  private void full(RunningService service, PlantTraffic plant) {
    JdbcClient jdbc = jdbc(service);
    jdbc.sql(NO_ROOM).update();
    jdbc.sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON ingest.sample"
                + " FOR EACH ROW EXECUTE FUNCTION ingest.no_room()")
        .update();
    send(plant, 2);
    awaitPause(service);
    assertThat(state(service).detail()).contains("[53100]");
    send(plant, 3);

    jdbc.sql("DROP TRIGGER no_room ON ingest.sample").update();
    awaitStored(service, 3);
    awaitRunning(service);
  }

  private void hanging(
      RunningService service, PlantTraffic plant, TestTokens tokens, String database)
      throws Exception {
    try (Connection other = DriverManager.getConnection(database, TestPostgres.USER, "");
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE ingest.sample IN ACCESS EXCLUSIVE MODE");
      send(plant, 4);
      awaitPause(service);
      assertThat(state(service).detail()).contains("[08006]");
      HttpResponse<String> refused =
          service.get("/api/v1/samples?tag=" + MILL + "%23t", tokens.token("viewer"));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("urn:linewright:problem:database-unavailable");
      assertThat(service.get("/actuator/health", tokens.token("operator")).body())
          .contains("DATABASE_UNAVAILABLE", "08006");
      assertThat(service.get("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
      assertThat(service.get("/actuator/health/readiness", null).statusCode()).isEqualTo(200);
      other.rollback();
    }
    awaitStored(service, 4);
    awaitRunning(service);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> service.get("/actuator/health", null).statusCode() == 200);
  }

  private void send(PlantTraffic plant, int number) {
    plant.send(Topic.TELEMETRY, doubles(MILL, "t", begin + number * 1_000.0, number));
  }

  private static void awaitStored(RunningService service, long samples) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        number(
                            service,
                            "SELECT count(*) FROM sample JOIN tag ON tag.id = tag_id"
                                + " WHERE path = '"
                                + MILL
                                + "'"))
                    .isEqualTo(samples));
  }

  private static void awaitPause(RunningService service) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> state(service).condition() == Condition.DATABASE_UNAVAILABLE);
  }

  private static void awaitRunning(RunningService service) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> state(service).condition() == Condition.RUNNING);
  }

  private static ConsumerState state(RunningService service) {
    return service.context().getBean(ExactlyOnce.class).consumers().stream()
        .filter(consumer -> consumer.topic().equals(Topic.TELEMETRY.topicName()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static long number(RunningService service, String sql) {
    return jdbc(service).sql(sql).query(Long.class).single();
  }

  private static JdbcClient jdbc(RunningService service) {
    return service.context().getBean(JdbcClient.class);
  }
}
