package io.linewright.ingest.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.HistorianParameter;
import io.linewright.ingest.app.SharedHistorian;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.model.command.CommandStep;
import io.linewright.model.event.EventTypes;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.security.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands from REST to Kafka, and what is told of them back to REST. */
@ExtendWith(HistorianParameter.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class CommandFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SITE = "acme/c" + UUID.randomUUID().toString().substring(0, 8);
  private static final String PRESS = SITE + "/body/line-1/press-01";
  private static final String SPEED = PRESS + "#speed";
  private static final String GATEWAY = SITE + "/gw-1";
  private static final String EDGE = "/edge/" + GATEWAY;
  private static final String BRIDGE = "/bridge/linewright";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestTokens tokens;
  private RunningService service;
  private Plant plant;

  @BeforeAll
  void start(SharedHistorian historian) throws Exception {
    tokens = historian.tokens();
    service = historian.service();
    plant = new Plant(historian.kafka().bootstrapServers());
    plant.announce(PRESS, "speed", "double", 0.0, 120.0);
    plant.announce(PRESS, "recipe", "integer", 0.0, null);
    plant.announce(PRESS, "lamp", "boolean", null, null);
    plant.announce(PRESS, "text", "string", null, null);
    plant.announce(GATEWAY, "health/canary", "integer", null, null);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get("/api/v1/tags?equipment=" + SITE).path("tags").size() == 5);
  }

  @AfterAll
  void stop() {
    http.close();
    plant.close();
  }

  @Test
  void aCommandIsAcceptedAndToldOnBothTopics() {
    HttpResponse<String> answer =
        post(operator(), key(), wish(SPEED, "80", ",\"expiresInSeconds\":60,\"reason\":\"trial\""));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode accepted = json.readTree(answer.body());
    String id = accepted.path("id").asString();
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/commands/" + id);
    assertThat(accepted.path("state").asString()).isEqualTo("authorised");
    assertThat(accepted.path("ended").asBoolean(true)).isFalse();
    assertThat(accepted.path("value").asDouble()).isEqualTo(80.0);
    assertThat(get("/api/v1/commands/" + id)).isEqualTo(accepted);
    assertThat(steps(accepted)).containsExactly("platform:requested", "platform:authorised");

    ConsumerRecord<String, String> asked = records(Topic.COMMANDS, id, 1).getFirst();
    JsonNode command = json.readTree(asked.value());
    assertThat(asked.key()).isEqualTo(PRESS);
    assertThat(Plant.header(asked, "ce_type")).isEqualTo(EventTypes.COMMAND_REQUESTED);
    assertThat(Plant.header(asked, "ce_subject")).isEqualTo(PRESS);
    assertThat(command.path("tag").asString()).isEqualTo(SPEED);
    assertThat(command.path("type").asString()).isEqualTo("double");
    assertThat(command.path("value").asString()).isEqualTo("80.0");
    assertThat(command.path("requester").asString()).isEqualTo("test");
    assertThat(command.path("reason").asString()).isEqualTo("trial");
    Instant requested = Instant.parse(command.path("requestedAt").asString());
    assertThat(Instant.parse(command.path("expiresAt").asString()))
        .isEqualTo(requested.plusSeconds(60));

    List<ConsumerRecord<String, String>> told = records(Topic.COMMAND_RESULTS, id, 2);
    assertThat(told)
        .extracting(record -> Plant.header(record, "ce_id"))
        .containsExactly(id + ".requested", id + ".authorised");
    assertThat(told).allMatch(record -> PRESS.equals(record.key()));
  }

  @Test
  void theSameKeyIsTheSameCommandAlsoWhenAskedAtOnce() throws Exception {
    String key = key();
    String wish = wish(SPEED, "81", "");
    Set<String> ids = new HashSet<>();
    try (var pool = Executors.newFixedThreadPool(6)) {
      List<Callable<HttpResponse<String>>> same = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        same.add(() -> post(operator(), key, wish));
      }
      for (var answer : pool.invokeAll(same)) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(202);
        ids.add(json.readTree(answer.get().body()).path("id").asString());
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(records(Topic.COMMANDS, ids.iterator().next(), 1)).hasSize(1);

    for (String other :
        List.of(
            wish(SPEED, "82", ""),
            wish(SPEED, "81", ",\"reason\":\"other\""),
            wish(SPEED, "81", ",\"expiresInSeconds\":31"))) {
      HttpResponse<String> refused = post(operator(), key, other);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("urn:linewright:problem:idempotency-key-reused");
    }
    String another = tokens.tokenOf("another", List.of("acme"), "operator");
    assertThat(post(another, key, wish(SPEED, "82", "")).statusCode())
        .as("keys are each requester's own")
        .isEqualTo(202);
  }

  @Test
  void whoMayNotIsRefusedAndNothingIsKept() {
    long before = count();
    assertThat(post(null, key(), wish(SPEED, "1", "")).statusCode()).isEqualTo(401);
    assertThat(post(tokens.token("viewer"), key(), wish(SPEED, "1", "")).statusCode())
        .isEqualTo(403);
    assertThat(service.send("DELETE", "/api/v1/quarantine/0", operator()).statusCode())
        .as("an operator changes nothing else")
        .isEqualTo(403);
    assertThat(service.get("/api/v1/equipment", operator()).statusCode()).isEqualTo(200);
    for (List<String> elsewhere : List.of(List.of(SITE + "/body/line-2"), List.<String>of())) {
      HttpResponse<String> outside =
          post(tokens.tokenOf("o", elsewhere, "operator"), key(), wish(SPEED, "1", ""));
      HttpResponse<String> unknown =
          post(operator(), key(), wish(SPEED.replace("speed", "none"), "1", ""));
      assertThat(outside.statusCode()).isEqualTo(404);
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(outside.body().replace("speed", "none")).isEqualTo(unknown.body());
    }
    assertThat(count()).isEqualTo(before);

    List<String> inside = List.of(SITE + "/body/line-2", SITE + "/body/line-1");
    HttpResponse<String> allowed =
        post(tokens.tokenOf("o", inside, "operator"), key(), wish(SPEED, "1", ""));
    assertThat(allowed.statusCode()).isEqualTo(202);
    assertThat(allowed.body()).contains("role operator for " + SITE + "/body/line-2, " + SITE);
  }

  @Test
  void whatDoesNotFitIsAProblem() {
    for (String unfit :
        List.of(
            wish(SPEED, "120.5", ""),
            wish(SPEED, "\"80\"", ""),
            wish(SPEED, "null", ""),
            wish(SPEED, "1e999", ""),
            wish(PRESS + "#recipe", "1.5", ""),
            wish(PRESS + "#recipe", "-1", ""),
            wish(PRESS + "#recipe", "9223372036854775808", ""),
            wish(PRESS + "#lamp", "1", ""),
            wish(PRESS + "#text", "{}", ""),
            wish(PRESS + "#text", "\"\\u0000\"", ""))) {
      HttpResponse<String> answer = post(operator(), key(), unfit);
      assertThat(answer.statusCode()).as(unfit).isEqualTo(422);
      assertThat(answer.body()).as(unfit).contains("urn:linewright:problem:unfit-value");
    }
    for (String wrong :
        List.of(
            "{\"value\":1}",
            wish("no-hash", "1", ""),
            wish(SPEED, "1", ",\"expiresInSeconds\":0"),
            wish(SPEED, "1", ",\"expiresInSeconds\":86401"),
            wish(SPEED, "1", ",\"reason\":\"" + "x".repeat(1_001) + "\""),
            wish(GATEWAY + "#commands/stopped", "false", ""),
            "no json")) {
      HttpResponse<String> answer = post(operator(), key(), wrong);
      assertThat(answer.statusCode()).as(wrong + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("urn:linewright:problem:");
    }
    assertThat(post(operator(), null, wish(SPEED, "1", "")).statusCode()).isEqualTo(400);
    assertThat(post(operator(), "a b", wish(SPEED, "1", "")).statusCode()).isEqualTo(400);
    assertThat(post(operator(), key(), wish(PRESS + "#text", "\"Größe\"", "")).statusCode())
        .isEqualTo(202);
  }

  @Test
  void progressIsFoldedInWhateverOrderItComes() {
    String id = accepted(SPEED, "70");
    Instant at = Instant.now();
    plant.tell(EDGE, id, SPEED, CommandStep.VERIFIED, at, "the machine holds 70.0");
    plant.tell(BRIDGE, id, SPEED, CommandStep.EXPIRED, at, "the gateway is away");
    plant.tell(EDGE, id, SPEED, CommandStep.DELIVERED, at.minusSeconds(1), "");
    plant.tell(EDGE, id, SPEED, CommandStep.VERIFIED, at, "the machine holds 70.0");
    plant.tell(EDGE, id, SPEED, CommandStep.WRITTEN, at, "");

    JsonNode command = await(id, found -> found.path("steps").size() == 6);
    assertThat(steps(command))
        .containsExactly(
            "platform:requested",
            "platform:authorised",
            "bridge:expired",
            "gateway:delivered",
            "gateway:written",
            "gateway:verified");
    assertThat(command.path("state").asString()).isEqualTo("verified");
    assertThat(command.path("ended").asBoolean(false)).isTrue();
    assertThat(command.path("steps").get(5).path("detail").asString())
        .isEqualTo("the machine holds 70.0");
    assertThat(listed("state=verified")).contains(id);
    assertThat(listed("state=expired")).doesNotContain(id);
  }

  @Test
  void poisonIsSetAsideAndStrangersArePassedOver() {
    String id = accepted(SPEED, "71");
    Instant at = Instant.now();
    plant.tell("/somebody", id, SPEED, CommandStep.VERIFIED, at, "");
    plant.tell(EDGE, id, SPEED, "nonsense-step", at, "");
    plant.tell(EDGE, id, PRESS + "#lamp", CommandStep.VERIFIED, at, "");
    plant.tell(EDGE, "not-a-uuid-77", SPEED, CommandStep.VERIFIED, at, "");
    plant.tell(EDGE, UUID.randomUUID().toString(), SPEED, CommandStep.VERIFIED, at, "");
    plant.tell(EDGE, id, SPEED, CommandStep.REFUSED, at, "the door is open\0");

    JsonNode command = await(id, found -> found.path("ended").asBoolean(false));
    assertThat(command.path("state").asString()).isEqualTo("refused");
    assertThat(steps(command)).hasSize(3);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(service.get("/api/v1/quarantine?limit=500", operator()).body())
                    .contains("'/somebody' has no say")
                    .contains("unknown step 'nonsense-step'")
                    .contains("is one to " + SPEED + ", not to " + PRESS + "#lamp")
                    .contains("not-a-uuid-77"));
    assertThat(service.get("/actuator/prometheus", operator()).body())
        .containsPattern("linewright_commands_unknown_total(\\{.*\\})? [1-9]");
  }

  @Test
  void aCommandThatNobodyAnswersSaysSoAndAnAnswerStillCounts() {
    String id = accepted(SPEED, "72");
    service
        .context()
        .getBean(JdbcClient.class)
        .sql("UPDATE command SET expires_at = now() - interval '61 s' WHERE command_id = ?::uuid")
        .param(id)
        .update();

    JsonNode command = get("/api/v1/commands/" + id);
    assertThat(command.path("state").asString()).isEqualTo("no-answer");
    assertThat(command.path("ended").asBoolean(true)).isFalse();
    assertThat(listed("state=no-answer")).contains(id);
    assertThat(listed("state=authorised")).doesNotContain(id);

    plant.tell(EDGE, id, SPEED, CommandStep.EXPIRED, Instant.now(), "");
    assertThat(await(id, found -> found.path("ended").asBoolean(false)).path("state").asString())
        .isEqualTo("expired");
  }

  @Test
  void commandsAreListedNewestFirstByPages() {
    String line = SITE + "/body/line-9";
    plant.announce(line + "/mill-01", "speed", "double", null, null);
    plant.announce(line + "9/mill-01", "speed", "double", null, null);
    for (String announced : List.of(line, line + "9")) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> get("/api/v1/tags?equipment=" + announced).path("tags").size() == 1);
    }
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.addFirst(accepted(line + "/mill-01#speed", Integer.toString(i)));
      accepted(line + "9/mill-01#speed", Integer.toString(i));
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      var answer = service.get("/api/v1/commands?limit=2&equipment=" + line + cursor, operator());
      JsonNode page = json.readTree(answer.body());
      page.path("commands").forEach(command -> seen.add(command.path("id").asString()));
      boolean more = !page.path("next").isNull();
      assertThat(answer.headers().firstValue("Link").isPresent()).isEqualTo(more);
      cursor = more ? "&cursor=" + page.path("next").asString() : "";
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(sent);
    for (String wrong : List.of("limit=0", "limit=501", "state=lost", "cursor=x", "equipment=A")) {
      assertThat(service.get("/api/v1/commands?" + wrong, operator()).statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
    assertThat(service.get("/api/v1/commands/" + UUID.randomUUID(), operator()).statusCode())
        .isEqualTo(404);
    assertThat(service.get("/api/v1/commands", null).statusCode()).isEqualTo(401);
  }

  @Test
  void anOperatorStopsAllWritesOfAGatewayAndOnlyAnAdminAllowsThemAgain() {
    String id =
        service.context().getBean(Registry.class).equipmentAt(GATEWAY).orElseThrow().toString();
    String stop = "/api/v1/gateways/" + id + "/write-stop";

    HttpResponse<String> stopped =
        send("PUT", stop, operator(), null, "{\"stopped\":true,\"reason\":\"smoke\"}");
    assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(202);
    String command = json.readTree(stopped.body()).path("id").asString();
    JsonNode event = json.readTree(records(Topic.COMMANDS, command, 1).getFirst().value());
    assertThat(event.path("tag").asString()).isEqualTo(GATEWAY + "#commands/stopped");
    assertThat(event.path("type").asString()).isEqualTo("boolean");
    assertThat(event.path("value").asString()).isEqualTo("true");
    assertThat(
            Duration.between(
                Instant.parse(event.path("requestedAt").asString()),
                Instant.parse(event.path("expiresAt").asString())))
        .isEqualTo(Duration.ofDays(1));
    plant.tell(
        EDGE, command, GATEWAY + "#commands/stopped", CommandStep.VERIFIED, Instant.now(), "");
    await(command, found -> found.path("state").asString().equals("verified"));

    String allow = "{\"stopped\":false}";
    assertThat(send("PUT", stop, operator(), null, allow).statusCode()).isEqualTo(403);
    assertThat(send("PUT", stop, tokens.token("viewer"), null, allow).statusCode()).isEqualTo(403);
    assertThat(send("PUT", stop, tokens.token("admin"), null, allow).statusCode()).isEqualTo(202);
    assertThat(send("PUT", stop, operator(), null, "{}").statusCode()).isEqualTo(400);
    String elsewhere = tokens.tokenOf("o", List.of(SITE + "/body"), "operator");
    assertThat(send("PUT", stop, elsewhere, null, "{\"stopped\":true}").statusCode())
        .isEqualTo(404);
    String press =
        service.context().getBean(Registry.class).equipmentAt(PRESS).orElseThrow().toString();
    assertThat(
            send("PUT", stop.replace(id, press), operator(), null, "{\"stopped\":true}")
                .statusCode())
        .as("a machine is no gateway")
        .isEqualTo(404);
  }

  @Test
  void openCommandsAreBoundedButStoppingIsNot() {
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    String id =
        service.context().getBean(Registry.class).equipmentAt(GATEWAY).orElseThrow().toString();
    jdbc.sql(
            """
            INSERT INTO command (command_id, path, name, type, value, requester, requested_at,
                                 expires_at, reason, idempotency_key, step, final)
            SELECT gen_random_uuid(), 'acme/flood', 'n', 'integer', '1', 'flood', now(),
                   now() + interval '1 hour', '', n::text, 'authorised', false
            FROM generate_series(1, ?) n
            """)
        .param(CommandDesk.MAX_OPEN)
        .update();
    try {
      HttpResponse<String> refused = post(operator(), key(), wish(SPEED, "1", ""));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("urn:linewright:problem:too-many-commands");
      String stop = "/api/v1/gateways/" + id + "/write-stop";
      assertThat(send("PUT", stop, operator(), null, "{\"stopped\":true}").statusCode())
          .isEqualTo(202);
    } finally {
      jdbc.sql("DELETE FROM command WHERE requester = 'flood'").update();
    }
  }

  private String accepted(String tag, String value) {
    HttpResponse<String> answer = post(operator(), key(), wish(tag, value, ""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body()).path("id").asString();
  }

  private static String wish(String tag, String value, String more) {
    return "{\"tag\":\"%s\",\"value\":%s%s}".formatted(tag, value, more);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private String operator() {
    return tokens.token("operator");
  }

  private long count() {
    return service
        .context()
        .getBean(JdbcClient.class)
        .sql("SELECT count(*) FROM command")
        .query(Long.class)
        .single();
  }

  private static List<String> steps(JsonNode command) {
    List<String> steps = new ArrayList<>();
    command
        .path("steps")
        .forEach(
            step -> steps.add(step.path("by").asString() + ":" + step.path("step").asString()));
    return steps;
  }

  private List<String> listed(String query) {
    List<String> ids = new ArrayList<>();
    get("/api/v1/commands?limit=500&equipment=" + SITE + "&" + query)
        .path("commands")
        .forEach(command -> ids.add(command.path("id").asString()));
    return ids;
  }

  private JsonNode await(String id, Predicate<JsonNode> reached) {
    return Awaitility.await().atMost(PATIENCE).until(() -> get("/api/v1/commands/" + id), reached);
  }

  private List<ConsumerRecord<String, String>> records(Topic topic, String text, int count) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> plant.records(topic, text), found -> found.size() == count);
  }

  private JsonNode get(String path) {
    return json.readTree(service.get(path, operator()).body());
  }

  private HttpResponse<String> post(@Nullable String token, @Nullable String key, String body) {
    return send("POST", "/api/v1/commands", token, key, body);
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String token, @Nullable String key, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
