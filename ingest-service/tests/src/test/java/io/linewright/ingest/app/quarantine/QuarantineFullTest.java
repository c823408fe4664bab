package io.linewright.ingest.app.quarantine;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.PlantTraffic;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A quarantine at its bound holds the lane up, says so, and loses nothing. */
@ExtendWith(TestServers.class)
class QuarantineFullTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** The key of {@link PlantTraffic#sendPoison}: its values come behind in the same partition. */
  private static final String DEVICE = "poison";

  private static final String STATE = "/components/consumers/details/telemetry";
  private static final String WAITING = "SELECT count(*) FROM quarantine";
  private static final String STORED = "SELECT count(*) FROM sample";
  private static final String SET_ASIDE =
      "SELECT set_aside FROM stage_counter WHERE stage = 'ingest.telemetry'";

  private final JsonMapper json = JsonMapper.builder().build();

  @Test
  void consumptionPausesUntilSomebodyMakesRoom(TestPostgres postgres) throws Exception {
    try (TestKafka kafka = TestKafka.start();
        TestTokens tokens = TestTokens.start()) {
      try (var admin = kafka.admin()) {
        TopicProvisioner.ensureAll(admin, Topic.values());
      }
      try (PlantTraffic plant = new PlantTraffic(kafka.bootstrapServers());
          RunningService service =
              RunningService.start(
                  IngestServiceApplication.builder(),
                  kafka,
                  postgres.createDatabase(),
                  tokens,
                  "linewright.service.instance=full",
                  "linewright.ingest.quarantine-records=3")) {
        JdbcClient jdbc = service.context().getBean(JdbcClient.class);
        long now = Instant.now().getEpochSecond() * 1_000_000;
        plant.sendPoison(Topic.TELEMETRY, 3);
        Awaitility.await().atMost(PATIENCE).until(() -> number(jdbc, WAITING) == 3);
        assertThat(state(service, tokens).path("state").asString()).isEqualTo("RUNNING");

        plant.sendPoison(Topic.TELEMETRY, 1);
        plant.send(Topic.TELEMETRY, doubles(DEVICE, "t", now, 1, now + 1, 2));
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  JsonNode state = state(service, tokens);
                  assertThat(state.path("state").asString()).isEqualTo("QUARANTINE_FULL");
                  assertThat(state.path("detail").asString())
                      .contains("quarantine holds 3 records, its bound is 3", "/api/v1/quarantine");
                });
        Awaitility.await()
            .during(Duration.ofSeconds(1))
            .atMost(PATIENCE)
            .until(() -> number(jdbc, WAITING) == 3 && number(jdbc, STORED) == 0);
        assertThat(service.get("/actuator/health", null).statusCode()).isEqualTo(503);

        HttpResponse<String> discarded =
            service.send(
                "POST",
                "/api/v1/quarantine/discards?cause=MALFORMED&limit=1",
                tokens.token("admin"));
        assertThat(discarded.statusCode()).as(discarded.body()).isEqualTo(200);

        Awaitility.await().atMost(PATIENCE).until(() -> number(jdbc, STORED) == 2);
        assertThat(number(jdbc, WAITING)).as("the fourth one has its place").isEqualTo(3);
        assertThat(number(jdbc, SET_ASIDE)).isEqualTo(4);
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> state(service, tokens).path("state").asString().equals("RUNNING"));
      }
    }
  }

  private JsonNode state(RunningService service, TestTokens tokens) {
    return json.readTree(service.get("/actuator/health", tokens.token("viewer")).body()).at(STATE);
  }

  private static long number(JdbcClient jdbc, String query) {
    return jdbc.sql(query).query(Long.class).single();
  }
}
