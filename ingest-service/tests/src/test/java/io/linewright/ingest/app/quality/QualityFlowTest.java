package io.linewright.ingest.app.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.PlantTraffic;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Days of one tag, as the night and REST judge them. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class QualityFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final String PUMP = "acme/graz/quality/line-1/pump-01";
  private static final String TAG = PUMP + "#pressure";
  private static final int MINUTES = 1_200;

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();

  /** The day that the night of now judges; of days with a clock change only 20 hours are used. */
  private final LocalDate day =
      Instant.now().minus(Duration.ofHours(1)).atZone(VIENNA).toLocalDate().minusDays(1);

  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;
  private KafkaProducer<String, String> producer;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    plant = new PlantTraffic(kafka.bootstrapServers());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer());
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            postgres.createDatabase(),
            tokens,
            "linewright.ingest.quality.zone=Europe/Vienna");
  }

  @AfterAll
  void stop() {
    service.close();
    producer.close();
    plant.close();
    tokens.close();
    http.close();
  }

  @Test
  void aNightJudgesTellsAndJudgesAgainWhatCameLate() throws Exception {
    announce();
    send(0, 600);
    awaitSamples(600);
    assertThat(
            service
                .get(
                    "/api/v1/aggregates?aggregate=Count&calendar=day&tag=%s&from=%sT12:00:00Z&to=%sT12:00:00Z"
                        .formatted(name(TAG), day, day.plusDays(1)),
                    tokens.token("viewer"))
                .body())
        .as("the zone of the site")
        .contains("\"zone\":\"Europe/Vienna\"");
    QualityDesk desk = service.context().getBean(QualityDesk.class);
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);

    desk.look();
    assertThat(get("/results?equipment=" + PUMP + "&day=" + day).path("results"))
        .as("the first night is the next one")
        .isEmpty();
    jdbc.sql("UPDATE data_quality_night SET done = false").update();
    desk.look();

    JsonNode row = get("/results?equipment=" + PUMP + "&day=" + day).path("results").get(0);
    long expected = row.path("expected").asLong();
    assertThat(expected).isBetween(1_380L, 1_500L);
    assertThat(row.path("tag").asString()).isEqualTo(TAG);
    assertThat(row.path("version").asInt()).isOne();
    assertThat(row.path("owner").asString()).isEqualTo("maintenance");
    double completeness = row.path("parts").path("completeness").asDouble();
    assertThat(completeness).isCloseTo(600.0 / expected, within(0.01));
    assertThat(row.path("breaches").toString()).contains("completeness", "timeliness");
    assertThat(get("/results?equipment=" + PUMP + "&day=" + day.minusDays(1)).path("results"))
        .as("the tag was not known then")
        .isEmpty();
    assertThat(told(jdbc)).as("one event for the day").isOne();

    desk.look();
    assertThat(
            get("/results?equipment=" + PUMP + "&day=" + day)
                .path("results")
                .get(0)
                .path("version")
                .asInt())
        .isOne();

    send(600, MINUTES);
    awaitSamples(MINUTES);
    jdbc.sql("UPDATE data_quality_night SET done = false, last_tag = 0").update();
    desk.look();

    JsonNode again =
        get("/results?equipment=" + PUMP + "&day=" + day + "&breached=true").path("results").get(0);
    assertThat(again.path("version").asInt()).isEqualTo(2);
    assertThat(again.path("samples").asLong()).isEqualTo(MINUTES);
    assertThat(told(jdbc)).as("what is not good enough has not changed").isOne();

    JsonNode asked = get("?tag=" + name(TAG) + "&day=" + day);
    assertThat(asked.path("version").asInt()).isEqualTo(2);
    assertThat(asked.path("over").asBoolean()).isTrue();
    assertThat(asked.path("score").asDouble()).isEqualTo(again.path("score").asDouble());
    assertThat(asked.path("parts")).hasSize(6);
    JsonNode whole = get("/plant?equipment=" + PUMP + "&day=" + day);
    assertThat(whole.path("assets").asInt()).isOne();
    assertThat(whole.path("assetsConnectedPercent").asDouble()).isEqualTo(100);
    assertThat(whole.path("availabilityPercent").asDouble())
        .isCloseTo(100.0 * MINUTES / expected, within(1.0));

    ownBounds();
  }

  private void ownBounds() throws Exception {
    String path = "/rules?tag=" + name(TAG);
    HttpResponse<String> set =
        put(path, "{\"least\":{\"completeness\":0.5},\"latestMillis\":86400000}", "admin");
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    assertThat(get("?tag=" + name(TAG) + "&day=" + day).path("breaches").toString())
        .doesNotContain("completeness");
    set = put(path, "{\"least\":{\"completeness\":0.5}}", "admin");
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    JsonNode relaxed = get("?tag=" + name(TAG) + "&day=" + day);
    assertThat(relaxed.path("samples").asInt()).isEqualTo(MINUTES);
    assertThat(relaxed.path("breaches").toString()).doesNotContain("completeness");
    assertThat(relaxed.path("version").isNull()).as("version 2 has that breach").isTrue();
    assertThat(get(path).path("least").path("validity").asDouble()).isEqualTo(0.95);
    assertThat(put(path, "{\"least\":{\"beauty\":1}}", "admin").statusCode()).isEqualTo(400);
    assertThat(put(path, "{\"least\":{\"validity\":7}}", "admin").statusCode()).isEqualTo(400);
    assertThat(put(path, "{}", "viewer").statusCode()).isEqualTo(403);
    assertThat(
            service
                .send("DELETE", "/api/v1/data-quality" + path, tokens.token("admin"))
                .statusCode())
        .isEqualTo(204);
    JsonNode strict = get("?tag=" + name(TAG) + "&day=" + day);
    assertThat(strict.path("breaches").toString()).contains("completeness");
    assertThat(strict.path("version").asInt()).isEqualTo(2);
    for (String wrong : List.of("?tag=" + name(TAG) + "&day=today", "?tag=nohash&day=" + day)) {
      assertThat(service.get("/api/v1/data-quality" + wrong, tokens.token("viewer")).statusCode())
          .isEqualTo(400);
    }
    assertThat(
            service
                .get(
                    "/api/v1/data-quality?tag=" + name(TAG) + "&day=" + day.plusDays(3),
                    tokens.token("viewer"))
                .statusCode())
        .as("a day that has not begun")
        .isEqualTo(400);
  }

  /** Events that left or wait; the first sequence number of their source and key is 1. */
  private static long told(JdbcClient jdbc) {
    return jdbc.sql(
            "SELECT coalesce(sum(last), 0) FROM outbox_sequence WHERE source ="
                + " '/ingest/data-quality' AND key = 'acme/graz/quality/line-1'")
        .query(Long.class)
        .single();
  }

  private void send(int from, int to) {
    long midnight = ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay(VIENNA).toInstant());
    List<Double> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      numbers.add((double) (midnight + i * 60_000_000L));
      numbers.add((double) (i % 10));
    }
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        PlantTraffic.doubles(
            PUMP, "pressure", numbers.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private void announce() {
    TagAnnounced tag =
        new TagAnnounced(
            PUMP,
            "pressure",
            "double",
            "bar",
            "process-value",
            0.0,
            10.0,
            60_000L,
            "site",
            "maintenance");
    var record =
        new ProducerRecord<>(Topic.EQUIPMENT.topicName(), TAG, json.writeValueAsString(tag));
    record.headers().add("ce_type", EventTypes.TAG_ANNOUNCED.getBytes(StandardCharsets.UTF_8));
    producer.send(record);
    producer.flush();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                service
                    .get("/api/v1/tags?owner=maintenance", tokens.token("viewer"))
                    .body()
                    .contains(TAG));
  }

  private void awaitSamples(int count) {
    String path =
        "/api/v1/samples?limit=5000&tag=%s&from=%s"
            .formatted(name(TAG), day.atStartOfDay(VIENNA).toInstant());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                json.readTree(service.get(path, tokens.token("viewer")).body())
                    .path("samples")
                    .size(),
            size -> size == count);
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer =
        service.get("/api/v1/data-quality" + path, tokens.token("viewer"));
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> put(String path, String body, String role) throws Exception {
    return http.send(
        HttpRequest.newBuilder(service.uri("/api/v1/data-quality" + path))
            .header("Authorization", "Bearer " + tokens.token(role))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String name(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }
}
