package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.security.TestTokens;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people write beside values, over REST. */
@ExtendWith(HistorianParameter.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class AnnotationFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/coating/line-5";
  private static final String OVEN = LINE + "/oven-01";
  private static final String TAG = OVEN + "#temperature";
  private static final String NOTES = "/api/v1/annotations";
  private static final String BODY =
      "{\"tag\": \"" + TAG + "\", \"from\": \"2025-01-31T12:00:0%dZ\", \"text\": \"%s\"}";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestTokens tokens;
  private RunningService service;

  @BeforeAll
  void start(SharedHistorian historian) {
    tokens = historian.tokens();
    service = historian.service();
    double noon = Instant.parse("2025-01-31T12:00:00Z").getEpochSecond() * 1e6;
    try (PlantTraffic plant = new PlantTraffic(historian.kafka().bootstrapServers())) {
      plant.send(
          Topic.TELEMETRY_BACKFILL,
          doubles(OVEN, "temperature", noon, 180, noon + 10e6, 181, noon + 60e6, 182));
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> ask("/api/v1/last-values?tag=" + name(TAG)).body().contains("12:01:00"));
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void anAnnotationIsWrittenChangedAndDeletedAndAllOfItIsKept() {
    HttpResponse<String> written = post("life", BODY.formatted(1, "door open"), "ann");
    JsonNode first = read(201, written);
    String place = written.headers().firstValue("Location").orElseThrow();
    assertThat(place).isEqualTo(NOTES + "/" + first.path("id").asString());
    assertThat(written.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(first.path("author").asString()).isEqualTo("ann");
    assertThat(first.path("to")).isEqualTo(first.path("from"));
    HttpResponse<String> again = post("life", BODY.formatted(1, "door open"), "ann");
    assertThat(read(200, again)).isEqualTo(first);
    assertThat(problem(422, post("life", BODY.formatted(1, "else"), "ann")))
        .contains("idempotency-key-reused");

    String change =
        "{\"from\": \"2025-01-31T12:00:02Z\", \"to\": \"2025-01-31T12:00:04Z\", \"text\": \"door ajar\"}";
    assertThat(problem(428, put(place, change, "ann", null))).contains("precondition-required");
    assertThat(problem(412, put(place, change, "ann", "\"2\""))).contains("precondition-failed");
    HttpResponse<String> changed = put(place, change, "ann", "\"1\"");
    assertThat(read(200, changed).path("text").asString()).isEqualTo("door ajar");
    assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(problem(412, put(place, change, "ann", "\"1\""))).contains("precondition-failed");
    assertThat(ask(place).headers().firstValue("ETag")).contains("\"2\"");

    assertThat(problem(403, put(place, change, "bob", "\"2\""))).contains("only its author");
    assertThat(
            send("DELETE", place, "", tokens.tokenOf("boss", List.of(LINE), "admin"), "\"2\"")
                .statusCode())
        .isEqualTo(204);
    assertThat(problem(404, ask(place))).contains("no annotation");
    assertThat(problem(404, put(place, change, "ann", "*"))).contains("no annotation");
    JsonNode versions = get(place + "/versions").path("versions");
    assertThat(versions.valueStream().map(one -> one.path("text").toString()))
        .containsExactly("null", "\"door ajar\"", "\"door open\"");
    assertThat(versions.valueStream().map(one -> one.path("changedBy").asString()))
        .containsExactly("boss", "ann", "ann");
  }

  @Test
  void annotationsAreFoundByTagEquipmentAndTime() {
    String equipment =
        "{\"equipment\": \"%s\", \"from\": \"2025-02-0%dT00:00:00Z\", \"to\": \"2025-02-03T00:00:00Z\", \"text\": \"t\"}";
    String ofLine = read(201, post("f1", equipment.formatted(LINE, 1), "cy")).path("id").asString();
    String ofOven = read(201, post("f2", equipment.formatted(OVEN, 2), "cy")).path("id").asString();
    String ofTag =
        read(201, post("f3", BODY.formatted(9, "t").replace("01-31", "02-03"), "cy"))
            .path("id")
            .asString();
    String february = "&from=2025-02-01T00:00:00Z&to=2025-03-01T00:00:00Z";

    assertThat(ids("?equipment=" + LINE + february)).containsExactly(ofLine, ofOven, ofTag);
    assertThat(ids("?equipment=" + OVEN + february)).containsExactly(ofOven, ofTag);
    assertThat(ids("?tag=" + name(TAG) + february)).containsExactly(ofTag);
    assertThat(ids("?equipment=" + LINE + "&from=2025-02-01T00:00:00Z&to=2025-02-02T00:00:00Z"))
        .containsExactly(ofLine);
    assertThat(ids("?equipment=acme/graz/coating/line" + february)).isEmpty();

    JsonNode page = get(NOTES + "?limit=2&equipment=" + LINE + february);
    assertThat(page.path("annotations")).hasSize(2);
    String next = "&cursor=" + page.path("next").asString();
    assertThat(ids("?limit=2&equipment=" + LINE + february + next)).containsExactly(ofTag);
  }

  @Test
  void annotationsAreCounted() {
    for (int i = 0; i < 3; i++) {
      read(201, post("count" + i, BODY.formatted(5 + i, "n"), "dan"));
    }
    JsonNode buckets =
        get("/api/v1/aggregates?aggregate=AnnotationCount&aggregate=Count&width=PT5S&tag="
                + name(TAG)
                + "&from=2025-01-31T12:00:05Z&to=2025-01-31T12:00:15Z")
            .path("series")
            .get(0)
            .path("buckets");
    assertThat(
            buckets
                .valueStream()
                .map(b -> b.path("values").path("AnnotationCount").path("value").asInt()))
        .containsExactly(3, 0);
  }

  @Test
  void whatCannotBeWrittenIsAProblem() {
    assertThat(problem(400, post("w1", "{\"text\": \"x\"}", "eve"))).contains("from is missing");
    assertThat(problem(400, post("w2", BODY.formatted(1, " "), "eve"))).contains("text must have");
    assertThat(
            problem(
                400, post("w3", "{\"from\": \"2025-01-31T12:00:00Z\", \"text\": \"x\"}", "eve")))
        .contains("either tag or equipment");
    assertThat(
            problem(
                400,
                post(
                    "w4",
                    BODY.formatted(1, "x")
                        .replace("\"text\"", "\"to\": \"2025-01-31T12:00:00Z\", \"text\""),
                    "eve")))
        .contains("to must not lie before from");
    assertThat(problem(404, post("w5", BODY.formatted(1, "x").replace(OVEN, "acme/none"), "eve")))
        .contains("no tag");
    assertThat(
            problem(
                404,
                send(
                    "POST",
                    NOTES,
                    BODY.formatted(1, "x"),
                    tokens.tokenOf("eve", List.of("acme/linz"), "operator"),
                    null)))
        .contains("no tag");
    assertThat(
            problem(403, send("POST", NOTES, BODY.formatted(1, "x"), tokens.token("viewer"), null)))
        .contains("annotations operator");
    assertThat(problem(400, ask(NOTES + "?cursor=x"))).contains("cursor");
    assertThat(problem(400, ask(NOTES + "?tag=a%23b&equipment=a"))).contains("either");
  }

  private List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    get(NOTES + query).path("annotations").forEach(one -> ids.add(one.path("id").asString()));
    return ids;
  }

  private HttpResponse<String> post(String key, String body, String author) {
    return send("POST", NOTES, body, operator(author), null, Map.of("Idempotency-Key", key));
  }

  private HttpResponse<String> put(
      String place, String body, String author, @Nullable String ifMatch) {
    return send("PUT", place, body, operator(author), ifMatch);
  }

  private String operator(String name) {
    return tokens.tokenOf(name, List.of("acme"), "operator");
  }

  private HttpResponse<String> ask(String path) {
    return send("GET", path, "", tokens.token("viewer"), null);
  }

  private JsonNode get(String path) {
    return read(200, ask(path));
  }

  private JsonNode read(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  private String problem(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    return answer.body();
  }

  private HttpResponse<String> send(
      String method, String path, String body, String token, @Nullable String ifMatch) {
    return send(method, path, body, token, ifMatch, Map.of("Idempotency-Key", "any"));
  }

  private HttpResponse<String> send(
      String method,
      String path,
      String body,
      String token,
      @Nullable String ifMatch,
      Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token);
    headers.forEach(request::header);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (Exception failed) {
      throw new AssertionError("no answer", failed);
    }
  }

  private static String name(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }
}
