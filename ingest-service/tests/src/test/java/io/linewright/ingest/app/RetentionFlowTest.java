package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is old goes by data class, what rests on it stays. The service is started three times on one
 * database: while all is kept, with bounds, and with all kept again.
 */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class RetentionFlowTest {

  private static final String MILL = "acme/graz/machining/line-1/kept-01";
  private static final String REFUSED = "are kept from";
  private static final List<String> BOUNDS =
      List.of(
          "linewright.ingest.retention.local-only=30d",
          "linewright.ingest.retention.site=60d",
          "linewright.ingest.retention.enterprise=60d",
          "linewright.ingest.retention.partner=60d");

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final LocalDate recent = today.minusDays(5);
  private final LocalDate older = today.minusDays(40);
  private final LocalDate oldest = today.minusDays(70);
  private final JsonMapper json = JsonMapper.builder().build();
  private final TelemetryBatch ofShort = ofThreeDays("short");
  private final TelemetryBatch ofLong = ofThreeDays("long");
  private TestKafka kafka;
  private Database database;
  private TestTokens tokens;
  private PlantTraffic plant;
  private RunningService service;
  private JdbcClient jdbc;

  /** The database to work in. */
  Database database(Servers servers) {
    return new Database(servers.postgres().createDatabase(), TestPostgres.USER, "");
  }

  /** Further properties of the service, {@code name=value}. */
  List<String> properties() {
    return List.of();
  }

  @BeforeAll
  void start(Servers servers) throws Exception {
    // Its own: whole days go only if no tag at all needs them
    kafka = TestKafka.start();
    database = database(servers);
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    plant = new PlantTraffic(kafka.bootstrapServers());
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    plant.close();
    tokens.close();
    kafka.close();
  }

  @Test
  void samplesGoByClassAndRollupsStayAsTheyAre() throws Exception {
    startService(List.of());
    plant.send(Topic.TELEMETRY_BACKFILL, ofShort);
    plant.send(Topic.TELEMETRY_BACKFILL, ofLong);
    await(() -> samples("short") == 9 && samples("long") == 9);
    await(() -> count("rollup_dirty") == 0 && count("rollup_day") == 6);
    String rollups = rollups();
    jdbc.sql("UPDATE tag SET data_class = 'local-only' WHERE name = 'short'").update();
    jdbc.sql("UPDATE tag SET data_class = 'site' WHERE name = 'long'").update();
    service.close();

    startService(BOUNDS);
    await(() -> samples("short") == 3 && samples("long") == 6);
    await(() -> !days().contains(oldest));
    assertThat(days()).as("the other class needs it").contains(older, recent);
    assertThat(rollups()).isEqualTo(rollups);
    storageSaysSo();
    trendsStillShowWhatHasGone();

    lateSamplesAreSetAside();
    aMarkInWhatHasGoneComputesNothing();
    assertThat(correct("short", older)).contains("422", REFUSED);
    assertThat(correct("long", older)).startsWith("201");
    await(() -> count("rollup_dirty") == 0);
    assertThat(rollups()).as("the day that is there follows its correction").isNotEqualTo(rollups);
    rollups = rollups();
    roundsOfChecksFindNothing();
    service.close();

    startService(List.of());
    long setAside = setAside();
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "short", micros(older) + 7, 99));
    await(() -> setAside() == setAside + 1);
    assertThat(samples("short")).as("keeping longer brings nothing back").isEqualTo(3);
    assertThat(rollups()).isEqualTo(rollups);
  }

  private void storageSaysSo() {
    JsonNode storage = json.readTree(get("/api/v1/storage"));
    assertThat(storage.path("days").asInt()).isEqualTo(days().size());
    assertThat(storage.path("firstDay").asString()).isEqualTo(older.toString());
    assertThat(storage.path("tables").path(0).path("bytes").asLong()).isPositive();
    assertThat(storage.path("keepRollups").isString()).isFalse();
    JsonNode shortest = storage.path("classes").path(0);
    assertThat(shortest.path("dataClass").asString()).isEqualTo("local-only");
    assertThat(shortest.path("keep").asString()).isEqualTo("PT720H");
    assertThat(shortest.path("tags").asInt()).isOne();
    assertThat(shortest.path("waiting").asInt()).isZero();
    assertThat(Instant.parse(shortest.path("goneBefore").asString()))
        .isAfter(Instant.parse(older + "T23:59:59Z"));
  }

  /** Three values of a day, in one of a hundred columns. */
  private void trendsStillShowWhatHasGone() {
    for (String tag : List.of("short", "long")) {
      JsonNode trend =
          json.readTree(
              get(
                  "/api/v1/trends?tag=%s%%23%s&from=%sT00:00:00Z&to=%sT00:00:00Z&points=100"
                      .formatted(MILL, tag, oldest, oldest.plusDays(1))));
      assertThat(trend.path("method").asString()).isEqualTo("extremes");
      assertThat(trend.path("samples").valueStream().map(one -> one.path("value").asDouble()))
          .containsExactly((double) oldest.getDayOfMonth(), oldest.getDayOfMonth() + 2.0);
    }
  }

  /** One that never was there, and all of them once more. */
  private void lateSamplesAreSetAside() {
    String rollups = rollups();
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "short", micros(older) + 5, 99));
    await(() -> setAside() == 1);
    plant.send(Topic.TELEMETRY_BACKFILL, ofShort);
    plant.send(Topic.TELEMETRY_BACKFILL, ofLong);
    await(() -> setAside() == 3);
    assertThat(jdbc.sql("SELECT cause FROM quarantine").query(String.class).list())
        .allMatch(cause -> cause.contains(REFUSED) && cause.contains(MILL));
    assertThat(samples("short")).isEqualTo(3);
    assertThat(samples("long")).isEqualTo(6);
    assertThat(rollups()).isEqualTo(rollups);
  }

  private void aMarkInWhatHasGoneComputesNothing() {
    String rollups = rollups();
    int minute = (int) (micros(older) / 60_000_000);
    jdbc.sql(
            "INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)"
                + " SELECT 0, id, ?, ?, 0 FROM tag WHERE name = 'short'")
        .params(minute, minute + 3)
        .update();
    await(() -> count("rollup_dirty") == 0);
    assertThat(rollups()).isEqualTo(rollups);
  }

  private void roundsOfChecksFindNothing() {
    var meters = service.context().getBean(MeterRegistry.class);
    double before = meters.counter("linewright.rollup.checked").count();
    await(() -> meters.counter("linewright.rollup.checked").count() > before + 30 * 60);
    assertThat(jdbc.sql("SELECT expected FROM rollup_mismatch").query(String.class).list())
        .isEmpty();
  }

  private String correct(String tag, LocalDate day) throws Exception {
    String body =
        """
        {"reason": "no such part", "corrections": [
          {"tag": "%s#%s", "kind": "delete", "from": "%sT00:00:00Z", "to": "%sT23:00:00Z"}]}
        """
            .formatted(MILL, tag, day, day);
    HttpRequest request =
        HttpRequest.newBuilder(service.uri("/api/v1/corrections"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "kept-" + tag)
            .header("Authorization", "Bearer " + tokens.token("admin"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  private String get(String path) {
    HttpResponse<String> answer = service.get(path, tokens.token("viewer"));
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void startService(List<String> bounds) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "linewright.service.instance=kept",
                "linewright.ingest.retention.interval=200ms",
                "linewright.ingest.rollups.interval=200ms",
                "linewright.ingest.rollups.settle=0s",
                "linewright.ingest.rollups.check-interval=100ms"));
    all.addAll(bounds);
    all.addAll(properties());
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            database,
            tokens,
            all.toArray(String[]::new));
    jdbc = service.context().getBean(JdbcClient.class);
  }

  /** Three minutes at noon of each day, a sample each. */
  private TelemetryBatch ofThreeDays(String tag) {
    double[] values = new double[18];
    int next = 0;
    for (LocalDate day : List.of(oldest, older, recent)) {
      for (int i = 0; i < 3; i++) {
        values[next++] = micros(day) + i * 60_000_000L;
        values[next++] = day.getDayOfMonth() + i;
      }
    }
    return doubles(MILL, tag, values);
  }

  /** Noon. */
  private static long micros(LocalDate day) {
    return day.toEpochDay() * 86_400_000_000L + 43_200_000_000L;
  }

  private List<LocalDate> days() {
    return service.context().getBean(SampleTable.class).days();
  }

  private String rollups() {
    StringBuilder all = new StringBuilder();
    for (String level : List.of("minute", "hour", "day")) {
      all.append(
          jdbc.sql(
                  "SELECT string_agg(r::text, ' ' ORDER BY r.tag_id, r.start) FROM rollup_"
                      + level
                      + " r")
              .query(String.class)
              .single());
    }
    return all.toString();
  }

  private long setAside() {
    return count("quarantine");
  }

  private long count(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private long samples(String tag) {
    return jdbc.sql("SELECT count(*) FROM sample s JOIN tag t ON t.id = s.tag_id WHERE t.name = ?")
        .param(tag)
        .query(Long.class)
        .single();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
  }
}
