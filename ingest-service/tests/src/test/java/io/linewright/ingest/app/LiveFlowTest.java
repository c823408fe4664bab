package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.batch;
import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Live streams as their readers see them, over HTTP. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class LiveFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/live/line-1/";

  private final long start = Instant.now().getEpochSecond() * 1_000_000;
  private final AtomicLong clock = new AtomicLong(start);
  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;
  private int readers;

  @BeforeAll
  void start(Servers servers) throws Exception {
    tokens = TestTokens.start();
    try (var admin = servers.kafka().admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    plant = new PlantTraffic(servers.kafka().bootstrapServers());
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            servers.kafka(),
            servers.postgres().createDatabase(),
            tokens,
            "linewright.ingest.live-interval=50ms",
            "linewright.ingest.live-clients=40",
            "linewright.ingest.live.clients-per-subject=4",
            "linewright.ingest.live.resume-size=200000B",
            "server.tomcat.connection-timeout=2s",
            "server.tomcat.keep-alive-timeout=60s");
  }

  @AfterAll
  void stop() {
    service.close();
    plant.close();
    tokens.close();
  }

  @Test
  void theNewestValueOfAnIntervalIsShownAndTheOthersAreCounted() throws Exception {
    String device = LINE + "pace-01";
    stored(device, "t", 1);
    try (LiveReader reader = reader("?interval=PT2S&equipment=" + device, null)) {
      JsonNode begin = reader.next("begin");
      assertThat(begin.path("given").asString()).isEqualTo("last-values");
      assertThat(begin.path("reason").asString()).isEqualTo("no-last-event");
      assertThat(begin.path("interval").asString()).isEqualTo("PT2S");
      assertThat(reader.next("values").get(0).path("value").asDouble()).isEqualTo(1);
      double[] burst = new double[20];
      for (int i = 0; i < 10; i++) {
        burst[2 * i] = clock.incrementAndGet();
        burst[2 * i + 1] = 10 + i;
      }
      plant.send(Topic.TELEMETRY, doubles(device, "t", burst));

      JsonNode shown = reader.next("values");
      assertThat(shown).hasSize(1);
      assertThat(shown.get(0).path("value").asDouble()).isEqualTo(19);
      assertThat(reader.next("skipped").path("values").asLong()).isEqualTo(9);
    }
  }

  @Test
  void afterABreakWhatWasMissedComesFromStorage() throws Exception {
    String device = LINE + "break-01";
    stored(device, "t", 1);
    String id;
    try (LiveReader reader = reader("?interval=PT0.1S&equipment=" + device, null)) {
      reader.next("values");
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                plant.send(Topic.TELEMETRY, doubles(device, "t", clock.incrementAndGet(), 2));
                return reader.lastId() != null;
              });
      id = reader.lastId();
    }
    for (int value = 100; value < 105; value++) {
      stored(device, "t", value);
    }

    try (LiveReader reader = reader("?interval=PT0.1S&equipment=" + device, id)) {
      JsonNode begin = reader.next("begin");
      assertThat(begin.path("given").asString()).as(begin.toString()).isEqualTo("missed-values");
      JsonNode missed = reader.next("values");
      assertThat(missed.size()).isEqualTo(begin.path("values").asInt());
      List<Double> values = new ArrayList<>();
      missed.forEach(value -> values.add(value.path("value").asDouble()));
      assertThat(values).endsWith(100.0, 101.0, 102.0, 103.0, 104.0);
      stored(device, "t", 105);
      JsonNode goesOn = reader.next("values");
      assertThat(goesOn).hasSize(1);
      assertThat(goesOn.get(0).path("value").asDouble()).isEqualTo(105);
    }
  }

  @Test
  void aClockThatLagsBehindTheBreakIsNotForgotten() throws Exception {
    String device = LINE + "lag-01";
    long yesterday = start - 20 * 3_600_000_000L;
    plant.send(Topic.TELEMETRY, doubles(device, "t", yesterday, 1));
    awaitLast(device + "#t", 1);
    String beforeBreak = "p" + (Instant.now().toEpochMilli() * 1_000 - 1_000);
    plant.send(Topic.TELEMETRY, doubles(device, "t", yesterday + 1, 2));
    awaitLast(device + "#t", 2);

    try (LiveReader reader = reader("?equipment=" + device, beforeBreak)) {
      assertThat(reader.next("begin").path("given").asString()).isEqualTo("missed-values");
      assertThat(reader.next("values").get(0).path("value").asDouble()).isEqualTo(2);
    }
  }

  @Test
  void whereABreakCannotBeMadeUpForLastValuesComeAndTheClientIsToldWhy() throws Exception {
    String device = LINE + "long-01";
    stored(device, "t", 7);
    for (List<String> idAndReason :
        List.of(List.of("p1769839200000000", "break-too-long"), List.of("1-41", "unknown-event"))) {
      try (LiveReader reader = reader("?equipment=" + device, idAndReason.get(0))) {
        JsonNode begin = reader.next("begin");
        assertThat(begin.path("given").asString()).isEqualTo("last-values");
        assertThat(begin.path("reason").asString()).isEqualTo(idAndReason.get(1));
        assertThat(reader.next("values").get(0).path("value").asDouble()).isEqualTo(7);
      }
    }
  }

  @Test
  void missedTextsAreBoundedByTheirSize() throws Exception {
    String device = LINE + "texts-01";
    long now = Instant.now().toEpochMilli() * 1_000;
    String beforeBreak = "p" + (now - 1_000);
    for (int i = 1; i <= 3; i++) {
      sendText(device, now + i, "x".repeat(60_000));
    }
    plant.send(Topic.TELEMETRY, doubles(device, "t", now + 4, 1));
    awaitLast(device + "#t", 1);
    try (LiveReader reader = reader("?equipment=" + device, beforeBreak)) {
      JsonNode begin = reader.next("begin");
      assertThat(begin.path("given").asString()).as(begin.toString()).isEqualTo("missed-values");
      assertThat(begin.path("values").asInt()).isEqualTo(4);
    }
    // Three bytes each: as many characters would fit
    sendText(device, now + 5, "€".repeat(20_000));
    plant.send(Topic.TELEMETRY, doubles(device, "t", now + 6, 2));
    awaitLast(device + "#t", 2);
    try (LiveReader reader = reader("?equipment=" + device, beforeBreak)) {
      JsonNode begin = reader.next("begin");
      assertThat(begin.path("given").asString()).as(begin.toString()).isEqualTo("last-values");
      assertThat(begin.path("reason").asString()).isEqualTo("too-many-values");
      assertThat(reader.next("values")).hasSize(2);
    }
  }

  private void sendText(String device, long micros, String text) {
    Sample sample = new Sample(SampleValue.of(text), StatusCode.GOOD, micros, 0);
    plant.send(Topic.TELEMETRY, batch(device, "text", DataType.STRING, List.of(sample)));
  }

  @Test
  void machinesThatBecomeKnownLaterAreFollowed() throws Exception {
    try (LiveReader reader = reader("?interval=PT0.1S&equipment=acme/graz/live/line-2", null)) {
      reader.next("begin");
      stored("acme/graz/live/line-20/press-01", "t", 5);
      stored("acme/graz/live/line-2/press-01", "t", 6);

      JsonNode shown = reader.next("values");
      assertThat(shown).hasSize(1);
      assertThat(shown.get(0).path("tag").asString()).isEqualTo("acme/graz/live/line-2/press-01#t");
      stored("acme/graz/live/line-2/press-01", "force", 8);
      assertThat(reader.next("values").get(0).path("tag").asString()).endsWith("#force");
    }
  }

  @Test
  void movedEquipmentIsShownUnderItsNewPath() throws Exception {
    String before = LINE + "moving-01";
    String after = LINE + "moved-01";
    stored(before, "t", 3);
    try (LiveReader old = reader("?interval=PT0.1S&equipment=" + before, null);
        LiveReader reader = reader("?interval=PT0.1S&equipment=" + after, null)) {
      assertThat(old.next("values")).hasSize(1);
      reader.next("begin");
      String move =
          "{\"from\":\"%s\",\"to\":\"%s\",\"time\":\"%s\",\"reason\":\"new hall\"}"
              .formatted(before, after, Instant.EPOCH.plus(start - 1, ChronoUnit.MICROS));
      assertThat(post("/api/v1/equipment/moves", move)).isEqualTo(201);

      JsonNode shown = reader.next("values");
      assertThat(shown.get(0).path("tag").asString()).isEqualTo(after + "#t");
      assertThat(shown.get(0).path("value").asDouble()).isEqualTo(3);
    }
  }

  @Test
  void aNamedTagIsFollowedToItsNewPathAlsoAfterABreak() throws Exception {
    String before = LINE + "named-moving-01";
    String after = LINE + "named-moved-01";
    String scope = "?interval=PT0.1S&tag=" + before + "%23t";
    stored(before, "t", 3);
    stored(before, "other", 9);
    String id;
    try (LiveReader reader = reader(scope, null)) {
      assertThat(reader.next("values").get(0).path("tag").asString()).isEqualTo(before + "#t");
      String move =
          "{\"from\":\"%s\",\"to\":\"%s\",\"time\":\"%s\",\"reason\":\"new hall\"}"
              .formatted(before, after, Instant.EPOCH.plus(start - 1, ChronoUnit.MICROS));
      assertThat(post("/api/v1/equipment/moves", move)).isEqualTo(201);

      JsonNode again = reader.next("values");
      assertThat(again).hasSize(1);
      assertThat(again.get(0).path("tag").asString()).isEqualTo(after + "#t");
      assertThat(again.get(0).path("value").asDouble()).isEqualTo(3);
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                plant.send(Topic.TELEMETRY, doubles(before, "t", clock.incrementAndGet(), 4));
                return reader.lastId() != null;
              });
      assertThat(reader.next("values").get(0).path("tag").asString()).isEqualTo(after + "#t");
      id = reader.lastId();
    }
    stored(before, "t", 5);

    try (LiveReader reader = reader(scope, id)) {
      assertThat(reader.status()).as("the former path is an alias").isEqualTo(200);
      assertThat(reader.next("begin").path("given").asString()).isEqualTo("missed-values");
      JsonNode missed = reader.next("values");
      assertThat(missed.get(missed.size() - 1).path("tag").asString()).isEqualTo(after + "#t");
      assertThat(missed.get(missed.size() - 1).path("value").asDouble()).isEqualTo(5);
    }
  }

  @Test
  void namedTagsAloneAreShownAndUnknownOnesAreNotFound() throws Exception {
    String device = LINE + "named-01";
    stored(device, "a", 1);
    stored(device, "b", 2);
    try (LiveReader reader = reader("?tag=" + device + "%23b", null)) {
      JsonNode shown = reader.next("values");
      assertThat(shown).hasSize(1);
      assertThat(shown.get(0).path("tag").asString()).isEqualTo(device + "#b");
    }
    try (LiveReader unknown = reader("?tag=" + device + "%23c", null)) {
      assertThat(unknown.status()).isEqualTo(404);
    }
    try (LiveReader slow = reader("?interval=P1D", null)) {
      assertThat(slow.status()).isEqualTo(400);
      assertThat(slow.refusal().path("detail").asString()).contains("PT1M");
    }
    assertThat(service.get("/api/v1/live", null).statusCode()).isEqualTo(401);
  }

  @Test
  void streamsAreBoundedForOneAndForAll() throws Exception {
    String device = LINE + "bound-01";
    String scope = "?equipment=" + device;
    List<LiveReader> open = new ArrayList<>();
    try {
      String one = token("one");
      for (int i = 0; i < 4; i++) {
        open.add(new LiveReader(service, scope, one, null));
      }
      try (LiveReader fifth = new LiveReader(service, scope, one, null)) {
        assertThat(fifth.status()).isEqualTo(429);
        assertThat(fifth.header("Retry-After")).isEqualTo("5");
        assertThat(fifth.refusal().path("type").asString()).endsWith(":too-many-own-streams");
      }
      LiveReader last = open.getLast();
      while (last.status() == 200 && open.size() < 50) {
        last = reader(scope, null);
        open.add(last);
      }
      assertThat(last.status()).isEqualTo(503);
      assertThat(clients()).isBetween(35.0, 40.0);
      assertThat(last.header("Retry-After")).isEqualTo("5");
      assertThat(last.refusal().path("type").asString()).endsWith(":too-many-streams");
    } finally {
      open.forEach(LiveReader::close);
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              // Whether a reader is gone shows when something is written to it.
              plant.send(Topic.TELEMETRY, doubles(device, "t", clock.incrementAndGet(), 1));
              return clients() < 10;
            });
  }

  @Test
  void aReaderThatTakesNothingIsDroppedWithACountAndHoldsNobodyUp() throws Exception {
    String device = LINE + "deaf-01";
    double before = dropped("slow");
    URI uri = service.uri("/api/v1/live?interval=PT0.05S&equipment=" + device);
    try (Socket deaf = new Socket();
        LiveReader reader = reader("?interval=PT0.05S&equipment=" + LINE + "deaf-02", null)) {
      assertThat(reader.status()).isEqualTo(200);
      deaf.setReceiveBufferSize(4 * 1024);
      deaf.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      deaf.getOutputStream()
          .write(
              ("GET %s?%s HTTP/1.1\r\nHost: plant\r\nAuthorization: Bearer %s\r\n\r\n"
                      .formatted(uri.getPath(), uri.getQuery(), tokens.token("viewer")))
                  .getBytes(StandardCharsets.US_ASCII));
      String long60K = "x".repeat(60_000);
      AtomicLong number = new AtomicLong();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                long n = number.incrementAndGet();
                for (int tag = 0; tag < 10; tag++) {
                  plant.queue(
                      Topic.TELEMETRY,
                      batch(
                          device,
                          "text-" + tag,
                          DataType.STRING,
                          List.of(
                              new Sample(
                                  SampleValue.of(n + long60K),
                                  StatusCode.GOOD,
                                  clock.incrementAndGet(),
                                  0))));
                }
                plant.send(
                    Topic.TELEMETRY, doubles(LINE + "deaf-02", "t", clock.incrementAndGet(), n));
                return dropped("slow") > before;
              });
      long last = number.get();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                JsonNode shown = reader.next("values");
                return shown.get(shown.size() - 1).path("value").asLong() == last;
              });
    }
  }

  private int post(String path, String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(service.uri(path))
                  .header("Authorization", "Bearer " + tokens.token("admin"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private LiveReader reader(String query, @Nullable String lastEventId) throws Exception {
    return new LiveReader(service, query, token("reader-" + readers++), lastEventId);
  }

  private String token(String subject) {
    return tokens.tokenOf(subject, List.of("acme"), "viewer");
  }

  /** Sends a value and waits until it is the tag's last. */
  private void stored(String device, String tag, double value) {
    plant.send(Topic.TELEMETRY, doubles(device, tag, clock.incrementAndGet(), value));
    awaitLast(device + "#" + tag, value);
  }

  private void awaitLast(String tag, double value) {
    String path = "/api/v1/last-values?tag=" + tag.replace("#", "%23");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                service
                    .get(path, tokens.token("viewer"))
                    .body()
                    .contains("\"value\":" + Double.toString(value).replaceAll("\\.0$", "")));
  }

  private double clients() {
    return service
        .context()
        .getBean(MeterRegistry.class)
        .get("linewright.live.clients")
        .gauge()
        .value();
  }

  private double dropped(String reason) {
    return service
        .context()
        .getBean(MeterRegistry.class)
        .get("linewright.live.dropped")
        .tag("reason", reason)
        .counter()
        .count();
  }
}
