package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.masterdata.book.MasterBook;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Master data come, are changed, are told, and touch results; with two instances. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class MasterFlowTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DATA = "/api/v1/master-data";
  private static final String YAML = "application/yaml";
  private static final long DAY = 86_400_000_000L;

  private String bootstrap;
  private String database;
  private TestTokens tokens;
  private OeeUnderTest oee;
  private OeeUnderTest other;
  private PlantEvents plant;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    OeeUnderTest.topics(kafka);
    bootstrap = kafka.bootstrapServers();
    plant = new PlantEvents(bootstrap);
    database = postgres.createDatabase();
    oee = OeeUnderTest.start(kafka, database, tokens, "linewright.service.instance=master-1");
    other = OeeUnderTest.start(kafka, database, tokens, "linewright.service.instance=master-2");
  }

  @AfterAll
  void stop() {
    other.close();
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void aDocumentIsTakenOnceAndItsSameItemsMakeNoVersion() {
    String yaml = "version: 1\nproducts: [{id: once-1, unit: \"1\"}, {id: once-2}]";
    String key = UUID.randomUUID().toString();

    HttpResponse<String> first = post(yaml, key);
    HttpResponse<String> again = post(yaml, key);
    HttpResponse<String> reused = post(yaml + "\n", key);
    HttpResponse<String> same = post(yaml, UUID.randomUUID().toString());

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    JsonNode taken = json(first);
    assertThat(taken.get("state").asString()).isEqualTo("accepted");
    assertThat(taken.get("created").asInt()).isEqualTo(2);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again)).isEqualTo(taken);
    assertThat(reused.statusCode()).isEqualTo(422);
    assertThat(reused.body()).contains("idempotency-key-reused");
    assertThat(json(same).get("unchanged").asInt()).isEqualTo(2);
    assertThat(versions("products", "once-1")).hasSize(1);
    assertThat(oee.get(DATA + "/imports/" + taken.get("importId").asString())).isEqualTo(taken);
  }

  @Test
  void wrongItemsAreRefusedWithLineAndFieldAndTheOthersTaken() {
    String yaml =
        """
        version: 1
        products:
          - {id: partly-1}
          - {id: partly-2, unit: pieces of it}
        """;

    JsonNode dry =
        json(oee.send("POST", DATA + "?dryRun=true", admin(), yaml, "Content-Type", YAML));
    assertThat(dry.get("dryRun").asBoolean()).isTrue();
    assertThat(oee.get(DATA + "/items/versions?kind=products&key=partly-1").get("status").asInt())
        .isEqualTo(404);

    JsonNode taken = json(post(yaml, UUID.randomUUID().toString()));

    assertThat(taken.get("state").asString()).isEqualTo("partly-accepted");
    JsonNode refused = taken.get("rows").get(0);
    assertThat(refused.get("outcome").asString()).isEqualTo("refused");
    assertThat(refused.get("line").asInt()).isEqualTo(4);
    assertThat(refused.get("faults").get(0).get("field").asString()).isEqualTo("products[1].unit");
    assertThat(versions("products", "partly-1")).hasSize(1);
  }

  @Test
  void aDocumentWithAWrongFrameChangesNothing() {
    HttpResponse<String> unknown =
        post("version: 1\nproducts: [{id: frame-1}]\ncalender: {}", UUID.randomUUID().toString());
    HttpResponse<String> noYaml = post("version: [1\n", UUID.randomUUID().toString());
    HttpResponse<String> bomb =
        post("version: 1\na: &a [x]\nb: [*a, *a]", UUID.randomUUID().toString());

    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(json(unknown).get("faults").get(0).get("line").asInt()).isEqualTo(3);
    assertThat(unknown.body()).contains("invalid-master-data");
    assertThat(noYaml.statusCode()).isEqualTo(422);
    assertThat(bomb.statusCode()).isEqualTo(422);
    assertThat(bomb.body()).contains("has an alias");
    assertThat(oee.get(DATA + "/items?kind=products&key=frame-1").get("status").asInt())
        .isEqualTo(404);
  }

  @Test
  void whatIsExportedIsUnchangedWhenItIsBroughtBack() {
    post(
        """
        version: 1
        calendars:
          export:
            zone: Europe/Vienna
            shifts: {early: {start: "06:00", end: "14:00", breaks: [{at: "09:00", length: 15m}]}}
            pattern: {anchor: 2026-01-05, cycle: [[early], []]}
        state-models: {export: {words: {"1": RUNNING}}}
        """,
        UUID.randomUUID().toString());

    String exported =
        oee.send("GET", DATA + "?kind=calendars&kind=state-models", admin(), "").body();
    JsonNode back = json(post(exported, UUID.randomUUID().toString()));

    assertThat(exported).contains("start: \"06:00\"", "Europe/Vienna", "'1': RUNNING");
    assertThat(back.get("state").asString()).isEqualTo("accepted");
    assertThat(back.get("unchanged").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(back.get("changed").asInt() + back.get("created").asInt()).isZero();
  }

  @Test
  void oneItemIsChangedByWhoKnowsItsVersion() {
    String path = "/api/v1/products/etag-1";
    HttpResponse<String> created = put(path, "{\"id\":\"etag-1\",\"planned-scrap\":0.01}");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    assertThat(created.headers().firstValue("ETag")).contains("\"1\"");

    assertThat(put(path, "{\"id\":\"etag-1\"}").statusCode()).isEqualTo(428);
    assertThat(put(path, "{\"id\":\"etag-1\"}", "If-Match", "\"7\"").statusCode()).isEqualTo(412);
    assertThat(put(path, "{\"id\":\"else\"}", "If-Match", "\"1\"").statusCode()).isEqualTo(400);
    HttpResponse<String> wrong =
        put(path, "{\"id\":\"etag-1\",\"unit\":\"pieces of it\"}", "If-Match", "\"1\"");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(put(path, "{\"id\":\"etag-1\",\"name\":\"N\"}", "If-Match", "\"1\"").statusCode())
        .isEqualTo(200);

    JsonNode back =
        json(post("version: 1\nproducts: [{id: etag-1}]", UUID.randomUUID().toString()));
    assertThat(back.get("rows").get(0).get("note").asString()).contains("takes back what");
    assertThat(versions("products", "etag-1")).hasSize(3);
    assertThat(oee.send("DELETE", path, admin(), "", "If-Match", "\"3\"").statusCode())
        .isEqualTo(204);
    assertThat(oee.get(path).get("status").asInt()).isEqualTo(404);
    assertThat(versions("products", "etag-1").getFirst().get("content").isNull()).isTrue();
  }

  @Test
  void whatOthersNameStays() {
    post(
        """
        version: 1
        reason-trees: {in-use: {reasons: [{code: a, category: setup}]}}
        machine-rules: [{equipment: acme/graz/in-use, reason-tree: in-use}]
        """,
        UUID.randomUUID().toString());

    HttpResponse<String> refused =
        oee.send("DELETE", "/api/v1/reason-trees/in-use", admin(), "", "If-Match", "*");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("machine-rules/acme/graz/in-use");
  }

  @Test
  void whoMayChangeAPartOfThePlantChangesThatPartOnly() {
    String limited = tokens.tokenOf("carl", List.of("acme/graz/carl"), "admin");
    String yaml =
        """
        version: 1
        ideal-cycles:
          - {equipment: acme/graz/carl, cycle: 4s}
          - {equipment: acme/graz/carla, cycle: 4s}
        products: [{id: carl-1}]
        """;

    JsonNode taken =
        json(
            oee.send("POST", DATA, limited, yaml, "Content-Type", YAML, "Idempotency-Key", "carl"));

    assertThat(taken.get("created").asInt()).isEqualTo(1);
    assertThat(taken.get("refused").asInt()).isEqualTo(2);
    assertThat(
            oee.send(
                    "DELETE",
                    DATA + "/items?kind=ideal-cycles&key=acme/graz/carla",
                    limited,
                    "",
                    "If-Match",
                    "*")
                .statusCode())
        .isEqualTo(404);
    String viewer = tokens.token("viewer");
    assertThat(
            oee.send("POST", DATA, viewer, yaml, "Content-Type", YAML, "Idempotency-Key", "v")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void rowsOfCsvAreItems() {
    HttpResponse<String> taken =
        oee.send(
            "POST",
            DATA + "?kind=products",
            admin(),
            "id,name,planned_scrap\ncsv-1,One,0.5\ncsv-2,,7\n",
            "Content-Type",
            "text/csv",
            "Idempotency-Key",
            UUID.randomUUID().toString());

    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertThat(json(taken).get("created").asInt()).isEqualTo(1);
    assertThat(json(taken).get("rows").get(0).get("line").asInt()).isEqualTo(3);
    assertThat(oee.get("/api/v1/products?under=csv-").get("items")).hasSize(1);
  }

  @Test
  void aChangeMarksExactlyWhatItTouchesOfWhatWasComputed() {
    String mill = "acme/graz/marks/line/mill";
    String saw = "acme/graz/marks/line/saw";
    long today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).toEpochDay() * DAY;
    long begin = today - 10 * DAY;
    plant.state(mill, begin, "RUNNING");
    plant.state(saw, begin, "RUNNING");
    oee.await(mill, 1);
    oee.await(saw, 1);
    Machine machine = oee.machine(mill);
    oee.computed(machine, today);
    oee.computed(oee.machine(saw), today);
    LocalDate from = LocalDate.ofEpochDay((today - 4 * DAY) / DAY);

    post(
        "version: 1\nideal-cycles: [{equipment: %s, cycle: 4s, valid-from: %s}]"
            .formatted(mill, from),
        UUID.randomUUID().toString());

    assertThat(oee.marks(machine))
        .extracting(Marks.Mark::span, Marks.Mark::cause)
        .containsExactly(tuple(new Span(today - 4 * DAY, today), "master-data"));
    assertThat(oee.marks(oee.machine(saw))).isEmpty();

    post(
        "version: 1\nideal-cycles: [{equipment: %s, cycle: 4000ms, valid-from: %s}]"
            .formatted(mill, from),
        UUID.randomUUID().toString());
    assertThat(oee.marks(machine)).hasSize(1);
  }

  @Test
  void otherRulesOfAZoneMarkTheShiftsThatTheyMoveOnce(TestKafka kafka) {
    String mill = "acme/graz/zone/line/mill";
    long begin = micros("2025-01-10T00:00:00Z");
    plant.state(mill, begin, "RUNNING");
    oee.await(mill, 1);
    Machine machine = oee.machine(mill);
    oee.computed(machine, micros("2025-12-20T00:00:00Z"));
    String yaml =
        """
        version: 1
        calendars:
          zone-test:
            zone: Europe/Athens
            shifts: {day: {start: "08:00", end: "16:00"}}
            pattern: {anchor: 2026-01-05, cycle: [[day]]}
        calendar-assignments: [{equipment: acme/graz/zone, calendar: zone-test}]
        """;
    assertThat(post(yaml, UUID.randomUUID().toString()).statusCode()).isEqualTo(201);
    int before = oee.marks(machine).size();
    // As if summer time had not been known when shifts were computed.
    assertThat(
            oee.jdbc()
                .sql(
                    "UPDATE zone_seen SET fingerprint = '7200', tzdata = '2000a' WHERE zone ="
                        + " 'Europe/Athens'")
                .update())
        .isEqualTo(1);

    OeeUnderTest.start(kafka, database, tokens, "linewright.service.instance=master-3").close();
    List<Marks.Mark> marks = oee.marks(machine).subList(before, oee.marks(machine).size());
    OeeUnderTest.start(kafka, database, tokens, "linewright.service.instance=master-4").close();

    assertThat(marks).isNotEmpty().extracting(Marks.Mark::cause).containsOnly("time-zone");
    assertThat(marks)
        .allSatisfy(
            mark -> {
              assertThat(mark.span().fromMicros()).isGreaterThan(micros("2025-03-29T00:00:00Z"));
              assertThat(mark.span().toMicros()).isLessThan(micros("2025-10-28T00:00:00Z"));
            });
    assertThat(oee.marks(machine)).hasSize(before + marks.size());
  }

  @Test
  void theBookOfAnotherInstanceIsNeverOutOfDate() {
    EquipmentPath press = EquipmentPath.parse("acme/graz/book/line/press");
    String yaml = "version: 1\nmachine-rules: [{equipment: %s, stops: {minimum: %ds}}]";
    for (int seconds = 1; seconds <= 3; seconds++) {
      OeeUnderTest writer = seconds % 2 == 0 ? other : oee;
      OeeUnderTest reader = seconds % 2 == 0 ? oee : other;
      assertThat(
              writer
                  .send(
                      "POST",
                      DATA,
                      admin(),
                      yaml.formatted(press, seconds),
                      "Content-Type",
                      YAML,
                      "Idempotency-Key",
                      "book-" + seconds)
                  .statusCode())
          .isEqualTo(201);

      MasterBook book = reader.bean(MasterBooks.class).current();

      assertThat(book.rulesOf(press).at(0).stops().minimumStop())
          .isEqualTo(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void whoeverStoresResultsKeepsMasterDataAsTheyAre() throws Exception {
    MasterBooks books = other.bean(MasterBooks.class);
    CompletableFuture<HttpResponse<String>> change =
        other
            .bean(TransactionTemplate.class)
            .execute(
                status -> {
                  long version = books.hold().version();
                  CompletableFuture<HttpResponse<String>> running =
                      CompletableFuture.supplyAsync(
                          () ->
                              post(
                                  "version: 1\nproducts: [{id: hold-1}]",
                                  UUID.randomUUID().toString()));
                  Awaitility.await()
                      .until(
                          () ->
                              oee.number(
                                      "SELECT count(*) FROM pg_stat_activity WHERE"
                                          + " wait_event_type = 'Lock' AND query LIKE"
                                          + " '%master_version FOR UPDATE%'")
                                  > 0);
                  assertThat(books.current().version()).isEqualTo(version);
                  assertThat(running).isNotDone();
                  return running;
                });

    assertThat(change).isNotNull();
    assertThat(change.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(201);
    assertThat(books.current().products()).containsKey("hold-1");
  }

  @Test
  void whatIsSaidIsToldToTheOtherServices() {
    post(
        "version: 1\ntolerances: [{product: told-1, characteristic: bore, nominal: 12.0, lower:"
            + " -0.02, upper: 0.02, unit: mm}]",
        UUID.randomUUID().toString());
    oee.send(
        "DELETE", DATA + "/items?kind=tolerances&key=bore%23told-1", admin(), "", "If-Match", "*");

    Map<Integer, JsonNode> told = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(
          consumer.partitionsFor(Topic.MASTER_DATA.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList());
      consumer.seekToBeginning(consumer.assignment());
      Awaitility.await()
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  if (new String(record.key(), StandardCharsets.UTF_8)
                      .equals("tolerances/bore#told-1")) {
                    JsonNode event = JSON.readTree(record.value());
                    told.put(event.get("version").asInt(), event);
                  }
                }
                return told.size() == 2;
              });
    }

    assertThat(told.get(1).get("content").get("nominal").asString()).isEqualTo("12");
    assertThat(told.get(1).get("validFrom").isNull()).isTrue();
    assertThat(told.get(2).get("content").isNull()).isTrue();
  }

  @Test
  void shiftsAreThoseOfTheAssignedCalendar() {
    post(
        """
        version: 1
        calendars:
          nights:
            zone: Europe/Vienna
            shifts: {night: {start: "22:00", end: "06:00", crew: N, breaks: [{at: "02:30", length: 30m}]}}
            pattern: {anchor: 2026-01-05, cycle: [[night]]}
        calendar-assignments: [{equipment: acme/graz/nights, calendar: nights}]
        """,
        UUID.randomUUID().toString());

    JsonNode shifts =
        oee.get(
            "/api/v1/shifts?equipment=acme/graz/nights/line/press"
                + "&from=2026-03-28T12:00:00Z&to=2026-03-29T12:00:00Z");
    JsonNode preview =
        oee.get(
            "/api/v1/calendars/nights/preview?from=2026-03-28T12:00:00Z&to=2026-03-29T12:00:00Z");

    // In the night in which the clock is put forward it has seven hours.
    assertThat(shifts.get("shifts").get(0).get("id").asString()).isEqualTo("2026-03-28/night");
    assertThat(shifts.get("shifts").get(0).get("from").asString())
        .isEqualTo("2026-03-28T21:00:00.000000Z");
    assertThat(shifts.get("shifts").get(0).get("to").asString())
        .isEqualTo("2026-03-29T04:00:00.000000Z");
    assertThat(preview.get("shifts").get(0)).isEqualTo(shifts.get("shifts").get(0));
    List<String> kinds = new ArrayList<>();
    preview.get("pieces").forEach(piece -> kinds.add(piece.get("kind").asString()));
    assertThat(kinds).contains("open", "planned-stop", "unscheduled");
    assertThat(
            oee.get(
                    "/api/v1/calendars/no-such/preview?from=2026-03-28T12:00:00Z&to=2026-03-29T12:00:00Z")
                .get("status")
                .asInt())
        .isEqualTo(404);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private List<JsonNode> versions(String kind, String key) {
    List<JsonNode> versions = new ArrayList<>();
    oee.get(DATA + "/items/versions?kind=%s&key=%s".formatted(kind, key))
        .get("versions")
        .forEach(versions::add);
    return versions;
  }

  private HttpResponse<String> post(String yaml, String key) {
    return oee.send("POST", DATA, admin(), yaml, "Content-Type", YAML, "Idempotency-Key", key);
  }

  private HttpResponse<String> put(String path, String json, String... more) {
    List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
    headers.addAll(List.of(more));
    return oee.send("PUT", path, admin(), json, headers.toArray(String[]::new));
  }

  private static long micros(String time) {
    return Times.micros(Instant.parse(time));
  }

  private String admin() {
    return tokens.token("admin");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
