package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Roll-ups in the running historian: from Kafka to a trend. */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollupFlowTest {

  private static final String MILL = "acme/graz/machining/line-1/rolled-01";

  /** 2025-02-03T00:00:00Z. */
  private static final long MONDAY = 1_738_540_800_000_000L;

  private static final int SAMPLES = 30_000;
  private static final int AT_ONCE = 5_000;
  private static final long STEP = 1_000_000;

  private final JsonMapper json = JsonMapper.builder().build();
  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;
  private JdbcClient jdbc;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    plant = new PlantTraffic(kafka.bootstrapServers());
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            postgres.createDatabase(),
            tokens,
            "linewright.ingest.rollups.interval=200ms",
            "linewright.ingest.rollups.settle=0s",
            "linewright.ingest.rollups.check-interval=100ms");
    jdbc = service.context().getBean(JdbcClient.class);
  }

  @AfterAll
  void stop() {
    service.close();
    plant.close();
    tokens.close();
  }

  @Test
  void aTrendIsMadeOfRollupsAndSeesLateAndDeletedValuesAtOnce() throws Exception {
    double[] values = new double[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      values[2 * i] = MONDAY + i * STEP;
      values[2 * i + 1] = Math.sin(i / 250.0);
    }
    for (int i = 0; i < SAMPLES; i += AT_ONCE) {
      plant.send(
          Topic.TELEMETRY_BACKFILL,
          doubles(MILL, "t", Arrays.copyOfRange(values, 2 * i, 2 * (i + AT_ONCE))));
    }
    int minutes = (int) (SAMPLES * STEP / 60_000_000);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> count("rollup_minute") == minutes && count("rollup_dirty") == 0);
    assertThat(count("rollup_hour")).isEqualTo((minutes + 59) / 60);
    assertThat(count("rollup_day")).isEqualTo(1);

    JsonNode trend = trend();
    assertThat(trend.path("method").asString()).isEqualTo("extremes");
    assertThat(trend.path("samples").size()).isBetween(100, 400);
    assertThat(trend.path("samples").path(0).path("time").asString())
        .isEqualTo("2025-02-03T00:00:00.000000Z");

    aggregatesAreThoseOfTheSamples();

    plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "t", MONDAY + 3 * 3_600_000_000d + 1, 99));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> samples() == SAMPLES + 1);
    assertThat(trend().path("samples").toString()).contains("\"value\":99.0");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count("rollup_dirty") == 0 && count("rollup_day", "maximum = 99") == 1);
    assertThat(trend().path("samples").toString()).contains("\"value\":99.0");

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                service
                    .get("/actuator/prometheus", tokens.token("viewer"))
                    .body()
                    .lines()
                    .anyMatch(
                        line ->
                            line.startsWith("linewright_rollup_checked_total")
                                && !line.endsWith(" 0.0")));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get("/api/v1/rollups").path("pass").path("last").path("days").asLong() > 0);
    JsonNode state = get("/api/v1/rollups");
    assertThat(state.path("pass").path("last").path("mismatches").asLong()).isZero();
    assertThat(state.path("levels")).hasSize(3);
    // Other tests' values of the open minute may be marked.
    assertThat(state.path("levels").path(0).path("marks").isNumber()).isTrue();
    assertThat(state.path("mismatches")).isEmpty();
    assertThat(service.get("/api/v1/rollups?limit=0", tokens.token("viewer")).statusCode())
        .isEqualTo(400);

    deleteTheLateValue();
    for (int i = 0; i < 2; i++) {
      assertThat(trend("").path("samples").toString()).doesNotContain("\"value\":99.0");
      assertThat(trend("&truth=raw").path("samples").toString()).contains("\"value\":99.0");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> count("rollup_dirty") == 0 && count("rollup_day", "maximum < 2") == 1);
    }
  }

  /**
   * What came is not rolled up, so with truth=raw all is computed of samples. Data go on around.
   */
  private void aggregatesAreThoseOfTheSamples() {
    String of =
        "/api/v1/aggregates?tag=%s&from=2025-02-03T01:00:00Z&to=2025-02-03T08:00:00Z&width=PT1H"
                .formatted(URLEncoder.encode(MILL + "#t", StandardCharsets.UTF_8))
            + "&aggregate=Count&aggregate=Average&aggregate=Range&aggregate=Minimum"
            + "&aggregate=PercentGood&aggregate=WorstQuality&aggregate=TimeAverage";
    JsonNode effective = get(of).path("series").path(0).path("buckets");
    JsonNode raw = get(of + "&truth=raw").path("series").path(0).path("buckets");
    assertThat(effective).hasSize(7);
    for (int i = 0; i < 7; i++) {
      JsonNode values = effective.path(i).path("values");
      JsonNode expected = raw.path(i).path("values");
      for (String name : expected.propertyNames()) {
        JsonNode value = values.path(name);
        assertThat(value.path("value").asDouble())
            .as(name)
            .isCloseTo(expected.path(name).path("value").asDouble(), within(1e-9));
        for (String field : List.of("time", "status", "percentGood")) {
          assertThat(value.path(field)).as(name).isEqualTo(expected.path(name).path(field));
        }
      }
    }
  }

  private void deleteTheLateValue() throws Exception {
    String body =
        """
        {"reason": "not of this machine", "corrections": [
          {"tag": "%s#t", "kind": "delete", "time": "2025-02-03T03:00:00.000001Z"}]}
        """
            .formatted(MILL);
    HttpRequest request =
        HttpRequest.newBuilder(service.uri("/api/v1/corrections"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "rolled-up")
            .header("Authorization", "Bearer " + tokens.token("admin"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(201);
    }
  }

  private JsonNode trend() {
    return trend("");
  }

  private JsonNode trend(String also) {
    return get(
        "/api/v1/trends?tag=%s&from=2025-02-03T00:00:00Z&to=2025-02-03T08:20:00Z&points=100"
                .formatted(URLEncoder.encode(MILL + "#t", StandardCharsets.UTF_8))
            + also);
  }

  private JsonNode get(String path) {
    var answer = service.get(path, tokens.token("viewer"));
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private long samples() {
    return jdbc.sql("SELECT count(*) FROM sample s JOIN tag t ON t.id = s.tag_id WHERE t.path = ?")
        .param(MILL)
        .query(Long.class)
        .single();
  }

  /** Rows of this test's tag only: other tests' records are on the same broker. */
  private long count(String table) {
    return count(table, "true");
  }

  private long count(String table, String condition) {
    return jdbc.sql(
            "SELECT count(*) FROM %s r JOIN tag t ON t.id = r.tag_id WHERE t.path = ? AND %s"
                .formatted(table, condition))
        .param(MILL)
        .query(Long.class)
        .single();
  }
}
