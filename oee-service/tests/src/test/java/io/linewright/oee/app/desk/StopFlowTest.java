package io.linewright.oee.app.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.topic.Topic;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.OeeUnderTest.Answer;
import io.linewright.oee.app.PlantEvents;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Machines stop, and people say why. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class StopFlowTest {

  private static final String AREA = "acme/graz/stops/";
  private static final long DAY = 86_400_000_000L;
  private static final long SECOND = 1_000_000;

  private final long noon = (Instant.now().getEpochSecond() * 1_000_000 / DAY - 6) * DAY + DAY / 2;

  private TestKafka servers;
  private TestTokens tokens;
  private OeeUnderTest oee;
  private PlantEvents plant;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    servers = kafka;
    tokens = TestTokens.start();
    OeeUnderTest.topics(kafka);
    plant = new PlantEvents(kafka.bootstrapServers());
    oee =
        OeeUnderTest.start(
            kafka, postgres.createDatabase(), tokens, "linewright.service.instance=stops");
    oee.master(
        """
        version: 1
        reason-trees:
          press:
            reasons:
              - {code: technical, name: Technical, category: breakdown}
              - {code: ram, parent: technical, name: Ram, maintenance: corrective}
              - {code: jam, parent: technical, name: Jam, category: minor-stop}
              - {code: tool, name: Tool change, category: setup}
        machine-rules: [{equipment: acme/graz/stops, reason-tree: press}]
        lines:
          - path: acme/graz/stops/chain
            stations: [{machines: [saw], buffer: 1}, {machines: [mill]}]
        """);
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void somebodySaysWhyAMachineStoodStill() {
    String mill = AREA + "why/mill";
    stopped(mill, 100, 700);
    Machine machine = oee.machine(mill);
    oee.computed(machine, noon + 1000 * SECOND);

    JsonNode stop = stops(mill).get(0);
    assertThat(stop.path("from").asString()).isEqualTo(time(100));
    assertThat(stop.path("to").asString()).isEqualTo(time(700));
    assertThat(stop.path("seconds").asDouble()).isEqualTo(600);
    assertThat(stop.path("category").asString()).isEqualTo("breakdown");
    assertThat(stop.path("origin").asString()).isEqualTo("state");
    assertThat(stop.path("reasonNeeded").asBoolean()).isTrue();
    String id = stop.path("id").asString();

    Answer said = classify(id, "ram", tag(id), "K-1");
    assertThat(said.status()).as("%s", said.body()).isEqualTo(201);
    assertThat(said.body().path("stops")).hasSize(1);
    JsonNode now = oee.get("/api/v1/stops/" + id);
    assertThat(now.path("reason").asString()).isEqualTo("ram");
    assertThat(now.path("reasonName").asString()).isEqualTo("Ram");
    assertThat(now.path("origin").asString()).isEqualTo("word");
    assertThat(now.path("reasonNeeded").asBoolean()).isFalse();
    assertThat(now.path("comment").asString()).isEqualTo("said K-1");
    assertThat(oee.marks(machine))
        .extracting(mark -> mark.cause() + mark.span())
        .containsExactly("reclassified" + span(100, 700));

    JsonNode words = oee.get("/api/v1/stops/" + id + "/history").path("words");
    assertThat(words).hasSize(2);
    assertThat(words.get(1).path("kind").asString()).isEqualTo("classified");
    assertThat(words.get(1).path("by").asString()).isNotEmpty();
    assertThat(words.get(0).path("kind").asString()).isEqualTo("commented");

    ConsumerRecord<String, String> told = told(id, mill).getFirst();
    assertThat(told.key()).isEqualTo(AREA + "why");
    assertThat(told.value()).contains("\"reason\":\"ram\"").contains("\"word\":\"classified\"");
    assertThat(new String(told.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
        .isEqualTo("io.linewright.oee.stop-classified.v1");
  }

  @Test
  void aRequestThatComesAgainChangesNothing() {
    String mill = AREA + "again/mill";
    stopped(mill, 100, 700);
    String id = stops(mill).get(0).path("id").asString();
    String tag = tag(id);
    assertThat(classify(id, "ram", tag, "again").status()).isEqualTo(201);
    long words = oee.number("SELECT count(*) FROM stop_word");

    Answer again = classify(id, "ram", tag, "again");
    assertThat(again.status()).as("%s", again.body()).isEqualTo(200);
    assertThat(again.body().path("stops").get(0).path("reason").asString()).isEqualTo("ram");
    assertThat(oee.number("SELECT count(*) FROM stop_word")).isEqualTo(words);
    assertThat(told(id, mill)).hasSize(1);

    Answer other = classify(id, "tool", tag(id), "again");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void whoSaysSomethingMustKnowTheStopAsItIs() {
    String mill = AREA + "match/mill";
    stopped(mill, 100, 700);
    String id = stops(mill).get(0).path("id").asString();
    String path = "/api/v1/stops/" + id + "/comments";

    Answer without =
        oee.request("operator", "POST", path, "{\"text\":\"a\"}", "Idempotency-Key", "m-1");
    assertThat(without.status()).isEqualTo(428);
    Answer stale =
        oee.request(
            "operator",
            "POST",
            path,
            "{\"text\":\"a\"}",
            "Idempotency-Key",
            "m-2",
            "If-Match",
            "\"0\"");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(oee.get("/api/v1/stops/" + id).path("comment").isNull()).isTrue();

    // Time that goes by makes no other stop of one that goes on.
    String saw = AREA + "match/saw";
    plant.state(saw, noon, "RUNNING");
    plant.state(saw, noon + 100 * SECOND, "DOWN");
    plant.complete(saw, noon + 500 * SECOND);
    oee.await(saw, 2);
    String open = awaitOpen(saw, 400);
    String tag = tag(open);
    plant.complete(saw, noon + 600 * SECOND);
    awaitOpen(saw, 500);
    assertThat(tag(open)).isEqualTo(tag);
    assertThat(oee.get("/api/v1/stops/" + open).path("to").isNull()).isTrue();
    assertThat(classify(open, "ram", tag, "m-3").status()).isEqualTo(201);
    assertThat(tag(open)).isNotEqualTo(tag);
  }

  /** Two supervisors at once (OpenMes 85). */
  @Test
  void ofTwoEditsAtOnceOneMustLookAgain() throws Exception {
    String mill = AREA + "two/mill";
    stopped(mill, 100, 700);
    String id = stops(mill).get(0).path("id").asString();
    String tag = tag(id);
    CyclicBarrier together = new CyclicBarrier(2);
    List<Future<Integer>> statuses = new ArrayList<>();
    try (ExecutorService people = Executors.newFixedThreadPool(2)) {
      for (String reason : List.of("ram", "tool")) {
        Callable<Integer> edit =
            () -> {
              together.await();
              return classify(id, reason, tag, "two-" + reason).status();
            };
        statuses.add(people.submit(edit));
      }
    }
    assertThat(List.of(statuses.get(0).get(), statuses.get(1).get()))
        .containsExactlyInAnyOrder(201, 412);
    assertThat(
            oee.number(
                "SELECT count(*) FROM stop_word WHERE kind = 'classified' AND machine_id = "
                    + oee.machine(mill).id()))
        .isEqualTo(1);
  }

  @Test
  void onlyWhoMayChangeTheMachineSaysSomething() {
    String mill = AREA + "rights/mill";
    stopped(mill, 100, 700);
    String id = stops(mill).get(0).path("id").asString();
    String path = "/api/v1/stops/" + id + "/classifications";
    String[] headers = {"If-Match", tag(id), "Idempotency-Key", "r-1"};
    String body = "{\"reason\":\"ram\"}";

    assertThat(oee.request("viewer", "POST", path, body, headers).status()).isEqualTo(403);
    Answer elsewhere = oee.requestOf("eva", "acme/graz/other", "POST", path, body, headers);
    assertThat(elsewhere.status()).isEqualTo(404);
    assertThat(elsewhere.problem()).isEqualTo("no-such-stop");
    Answer there = oee.requestOf("eva", AREA + "rights", "POST", path, body, headers);
    assertThat(there.status()).as("%s", there.body()).isEqualTo(201);
    assertThat(
            oee.get("/api/v1/stops/" + id + "/history").path("words").get(0).path("by").asString())
        .isEqualTo("eva");
  }

  @Test
  void whatCannotBeSaidIsRefusedWithAReason() {
    String mill = AREA + "refused/mill";
    stopped(mill, 100, 700);
    plant.state(mill, noon + 1200 * SECOND, "DOWN");
    plant.state(mill, noon + 1500 * SECOND, "RUNNING");
    plant.state(mill, noon + 1700 * SECOND, "DOWN");
    plant.state(mill, noon + 1900 * SECOND, "RUNNING");
    oee.await(mill, 7);
    List<String> ids = ids(mill);
    String id = ids.getLast();

    Answer unknown = classify(id, "rain", tag(id), "x-1");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.problem()).isEqualTo("unknown-reason");
    assertThat(unknown.body().path("detail").asString()).contains("rain").contains("press");
    Answer group = classify(id, "technical", tag(id), "x-2");
    assertThat(group.problem()).isEqualTo("not-a-leaf");
    assertThat(group.body().path("detail").asString()).contains("ram, jam");
    for (long at : new long[] {99, 100, 700, 800}) {
      assertThat(say(id, "splits", "{\"at\":\"" + time(at) + "\"}", "x-3-" + at).problem())
          .as("at %s", at)
          .isEqualTo("outside-stop");
    }
    assertThat(merge(id, ids.getFirst(), "x-4").problem()).isEqualTo("not-neighbours");
    stopped(AREA + "refused/saw", 100, 700);
    assertThat(merge(id, ids(AREA + "refused/saw").getFirst(), "x-5").problem())
        .isEqualTo("not-neighbours");
    assertThat(say("1.zz", "comments", "{\"text\":\"a\"}", "x-6").problem())
        .isEqualTo("no-such-stop");
    assertThat(say("nonsense", "comments", "{\"text\":\"a\"}", "x-7").status()).isEqualTo(404);
    assertThat(say(id, "comments", "{\"text\":null}", "x-8").status()).isEqualTo(400);
    assertThat(oee.get("/api/v1/stops/" + id + "/history").path("words")).isEmpty();
  }

  @Test
  void aStopIsDividedAndMadeOneAndAllOfItTakenBack() {
    String mill = AREA + "parts/mill";
    stopped(mill, 100, 700);
    String id = ids(mill).getFirst();

    Answer split = say(id, "splits", "{\"at\":\"" + time(300) + "\"}", "p-1");
    assertThat(split.status()).as("%s", split.body()).isEqualTo(201);
    List<String> parts = ids(mill);
    assertThat(parts).hasSize(2);
    assertThat(classify(parts.get(0), "tool", tag(parts.get(0)), "p-2").status()).isEqualTo(201);
    assertThat(stops(mill).get(0).path("reason").asString()).isEqualTo("tool");
    assertThat(stops(mill).get(1).path("reason").isNull()).isTrue();

    JsonNode bars = pareto(mill, "reason").path("bars");
    assertThat(bars.get(0).path("reason").asString()).isEqualTo("tool");
    assertThat(bars.get(0).path("seconds").asDouble()).isEqualTo(400);
    assertThat(bars.get(1).path("cumulated").asDouble()).isEqualTo(1);
    assertThat(pareto(mill, "machine").path("bars").get(0).path("stops").asInt()).isEqualTo(2);

    Answer unsaid =
        oee.request(
            "operator",
            "DELETE",
            "/api/v1/stops/" + parts.get(0) + "/classifications",
            null,
            "If-Match",
            tag(parts.get(0)));
    assertThat(unsaid.status()).as("%s", unsaid.body()).isEqualTo(200);
    assertThat(stops(mill).get(0).path("category").asString()).isEqualTo("breakdown");

    JsonNode words = oee.get("/api/v1/stops/" + id + "/history").path("words");
    String word = "";
    for (JsonNode one : words) {
      word = one.path("kind").asString().equals("split") ? one.path("word").asString() : word;
    }
    Answer withdrawn =
        oee.request(
            "operator",
            "DELETE",
            "/api/v1/stops/" + id + "/words/" + word,
            null,
            "If-Match",
            tag(id));
    assertThat(withdrawn.status()).as("%s", withdrawn.body()).isEqualTo(200);
    assertThat(ids(mill)).hasSize(1);
    assertThat(
            oee.request(
                    "operator",
                    "DELETE",
                    "/api/v1/stops/" + id + "/words/" + word,
                    null,
                    "If-Match",
                    tag(id))
                .problem())
        .isEqualTo("no-such-word");
  }

  @Test
  void twoStopsBecomeOne() {
    String mill = AREA + "union/mill";
    stopped(mill, 100, 700);
    plant.state(mill, noon + 1000 * SECOND, "DOWN");
    plant.state(mill, noon + 1500 * SECOND, "RUNNING");
    oee.await(mill, 5);
    List<String> ids = ids(mill);
    assertThat(ids).hasSize(2);

    Answer merged = merge(ids.getLast(), ids.getFirst(), "u-1");
    assertThat(merged.status()).as("%s", merged.body()).isEqualTo(201);
    assertThat(merged.body().path("stops")).hasSize(1);
    assertThat(stops(mill).get(0).path("seconds").asDouble()).isEqualTo(1400);
    assertThat(oee.get("/api/v1/stops/" + ids.getFirst()).path("id").asString())
        .isEqualTo(ids.getLast());
  }

  @Test
  void aWordGoesWithAStopThatLateDataMove() {
    String mill = AREA + "late/mill";
    stopped(mill, 100, 700);
    String id = ids(mill).getFirst();
    assertThat(classify(id, "ram", tag(id), "l-1").status()).isEqualTo(201);

    plant.state(mill, noon + 60 * SECOND, "DOWN");
    oee.await(mill, 4);
    JsonNode moved = oee.get("/api/v1/stops/" + id);
    assertThat(moved.path("from").asString()).isEqualTo(time(60));
    assertThat(moved.path("id").asString()).isNotEqualTo(id);
    assertThat(moved.path("reason").asString()).isEqualTo("ram");
    assertThat(moved.path("seconds").asDouble()).isEqualTo(640);

    // It ran for a minute in between: both halves have the reason that was said of the whole.
    plant.state(mill, noon + 400 * SECOND, "RUNNING");
    plant.state(mill, noon + 460 * SECOND, "DOWN");
    oee.await(mill, 6);
    assertThat(stops(mill)).hasSize(2);
    assertThat(stops(mill))
        .allSatisfy(stop -> assertThat(stop.path("reason").asString()).isEqualTo("ram"));
  }

  /** A stop that nobody ever closed (OpenMes 10): stops follow from what the machine says. */
  @Test
  void noStopStaysOpenWhenTheMachineRuns() {
    String mill = AREA + "orphan/mill";
    plant.state(mill, noon, "RUNNING");
    plant.state(mill, noon + 100 * SECOND, "DOWN");
    plant.complete(mill, noon + 500 * SECOND);
    oee.await(mill, 2);
    String id = awaitOpen(mill, 400);
    assertThat(classify(id, "ram", tag(id), "o-1").status()).isEqualTo(201);

    plant.state(mill, noon + 900 * SECOND, "RUNNING");
    plant.complete(mill, noon + 1000 * SECOND);
    oee.await(mill, 3);
    JsonNode closed = oee.get("/api/v1/stops/" + id);
    assertThat(closed.path("to").asString()).isEqualTo(time(900));
    assertThat(closed.path("reason").asString()).isEqualTo("ram");
    assertThat(stops(mill)).hasSize(1);
  }

  /** What is not known is no stop of the machine (OpenMes 80). */
  @Test
  void noDataIsNoStop() {
    String mill = AREA + "blind/mill";
    plant.state(mill, noon, "RUNNING");
    plant.lost(mill, noon + 100 * SECOND, noon + 900 * SECOND);
    plant.state(mill, noon + 900 * SECOND, "RUNNING");
    oee.await(mill, 2);
    Awaitility.await()
        .until(() -> oee.number("SELECT count(*) FROM loss WHERE source = '" + mill + "'") > 0);

    assertThat(stops(mill)).isEmpty();
  }

  @Test
  void aMachineThatWaitsNamesWhatItWaitsFor() {
    String saw = AREA + "chain/saw";
    String mill = AREA + "chain/mill";
    stopped(saw, 100, 700);
    plant.state(mill, noon, "RUNNING");
    plant.state(mill, noon + 130 * SECOND, "STARVED");
    plant.state(mill, noon + 720 * SECOND, "RUNNING");
    oee.await(mill, 3);
    String of = ids(saw).getFirst();
    assertThat(classify(of, "ram", tag(of), "c-1").status()).isEqualTo(201);

    JsonNode stop = stops(mill).get(0);
    assertThat(stop.path("category").asString()).isEqualTo("starved");
    JsonNode cause = stop.path("firstCause");
    assertThat(cause.path("kind").asString()).as("%s", cause).isEqualTo("machine");
    assertThat(cause.path("machine").asString()).isEqualTo(saw);
    assertThat(cause.path("reason").asString()).isEqualTo("ram");
    assertThat(cause.path("from").asString()).isEqualTo(time(100));
    assertThat(stops(saw).get(0).path("firstCause").isNull()).isTrue();
  }

  @Test
  void stopsAreChosenAndComeInPages() {
    String mill = AREA + "pages/mill";
    plant.state(mill, noon, "RUNNING");
    for (int i = 0; i < 5; i++) {
      plant.state(mill, noon + (100 + 200L * i) * SECOND, "DOWN");
      plant.state(mill, noon + (120 + 200L * i + 10L * i) * SECOND, "RUNNING");
    }
    oee.await(mill, 11);

    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = oee.get(query(mill) + "&limit=2" + cursor);
      page.path("stops").forEach(stop -> paged.add(stop.path("id").asString()));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
    } while (!cursor.isEmpty());
    assertThat(paged).hasSize(5).isEqualTo(ids(mill));

    assertThat(oee.get(query(mill) + "&minSeconds=40").path("stops")).hasSize(3);
    assertThat(oee.get(query(mill) + "&category=breakdown").path("stops")).hasSize(5);
    assertThat(oee.get(query(mill) + "&category=setup").path("stops")).isEmpty();
    assertThat(oee.get(query(mill) + "&reasonNeeded=true").path("stops")).isEmpty();
    assertThat(classify(paged.getFirst(), "ram", tag(paged.getFirst()), "g-1").status())
        .isEqualTo(201);
    assertThat(oee.get(query(mill) + "&reason=technical").path("stops")).hasSize(1);
    assertThat(oee.request("viewer", "GET", query(mill) + "&category=nap", null).status())
        .isEqualTo(400);
    assertThat(
            oee.request(
                    "viewer",
                    "GET",
                    "/api/v1/stops?equipment=%s&from=1990-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"
                        .formatted(mill),
                    null)
                .problem())
        .isEqualTo("too-much-to-compute");
  }

  @Test
  void whatWasSaidStaysAsItIs() {
    String mill = AREA + "audit/mill";
    stopped(mill, 100, 700);
    String id = ids(mill).getFirst();
    assertThat(classify(id, "ram", tag(id), "a-1").status()).isEqualTo(201);

    assertThatThrownBy(() -> oee.jdbc().sql("DELETE FROM stop_word").update())
        .hasMessageContaining("stay as they are");
    assertThatThrownBy(() -> oee.jdbc().sql("UPDATE stop_word SET by = 'nobody'").update())
        .hasMessageContaining("stay as they are");
  }

  @Test
  void wordsAboutAStopAreBounded() {
    String mill = AREA + "bound/mill";
    stopped(mill, 100, 700);
    String id = ids(mill).getFirst();
    oee.jdbc()
        .sql(
            """
            INSERT INTO stop_word (machine_id, kind, from_time, to_time, comment, by, at)
            SELECT ?, 'commented', ?::timestamptz, ?::timestamptz, 'no ' || n, 'test', now()
            FROM generate_series(1, 999) AS n
            """)
        .params(oee.machine(mill).id(), time(100), time(700))
        .update();
    assertThat(classify(id, "ram", tag(id), "b-1").status()).isEqualTo(201);

    Answer more = classify(id, "tool", tag(id), "b-2");
    assertThat(more.status()).isEqualTo(409);
    assertThat(more.problem()).isEqualTo("too-many-words");
    assertThat(stops(mill).get(0).path("reason").asString()).isEqualTo("ram");
  }

  private void stopped(String machine, long from, long to) {
    plant.state(machine, noon, "RUNNING");
    plant.state(machine, noon + from * SECOND, "DOWN");
    plant.state(machine, noon + to * SECOND, "RUNNING");
    oee.await(machine, 3);
  }

  private String awaitOpen(String machine, double seconds) {
    Awaitility.await()
        .until(
            () -> {
              JsonNode stops = stops(machine);
              return stops.size() == 1 && stops.get(0).path("seconds").asDouble() == seconds;
            });
    return stops(machine).get(0).path("id").asString();
  }

  private String query(String machine) {
    return "/api/v1/stops?equipment=%s&from=%s&to=%s".formatted(machine, time(-100), time(2400));
  }

  private JsonNode stops(String machine) {
    return oee.get(query(machine)).path("stops");
  }

  private List<String> ids(String machine) {
    List<String> ids = new ArrayList<>();
    stops(machine).forEach(stop -> ids.add(stop.path("id").asString()));
    return ids;
  }

  private JsonNode pareto(String machine, String by) {
    return oee.get(query(machine).replace("stops?", "stops/pareto?by=" + by + "&"));
  }

  private String tag(String id) {
    return oee.request("viewer", "GET", "/api/v1/stops/" + id, null).tag();
  }

  private Answer classify(String id, String reason, String tag, String key) {
    return oee.request(
        "operator",
        "POST",
        "/api/v1/stops/" + id + "/classifications",
        "{\"reason\":\"%s\",\"comment\":\"said %s\"}".formatted(reason, key),
        "If-Match",
        tag,
        "Idempotency-Key",
        key);
  }

  private Answer say(String id, String what, String body, String key) {
    return oee.request(
        "operator",
        "POST",
        "/api/v1/stops/" + id + "/" + what,
        body,
        "If-Match",
        "*",
        "Idempotency-Key",
        key);
  }

  private Answer merge(String id, String with, String key) {
    return say(id, "merges", "{\"with\":\"" + with + "\"}", key);
  }

  /** What was told of a stop; at least one message. Other tests tell of other machines. */
  private List<ConsumerRecord<String, String>> told(String stop, String machine) {
    List<ConsumerRecord<String, String>> told = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers.bootstrapServers(),
                "group.id",
                "stops-" + UUID.randomUUID(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.OEE.topicName()).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Awaitility.await()
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record -> {
                          if (record.value().contains("\"" + stop + "\"")
                              && record.value().contains("\"" + machine + "\"")) {
                            told.add(record);
                          }
                        });
                return !told.isEmpty() && oee.number("SELECT count(*) FROM outbox") == 0;
              });
    }
    return told;
  }

  private Span span(long from, long to) {
    return new Span(noon + from * SECOND, noon + to * SECOND);
  }

  private String time(long seconds) {
    return Rfc3339.format(noon + seconds * SECOND);
  }
}
