package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.batch;
import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.EventTypes;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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

/** From Kafka to REST: what comes back is what was sent, once. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class IngestFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/machining/line-1/";

  private final JsonMapper json = JsonMapper.builder().build();
  private final long now = Instant.now().getEpochSecond() * 1_000_000;
  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;
  private Database database;
  private TestKafka kafka;

  /** The database to work in. */
  Database database(Servers servers) {
    return new Database(servers.postgres().createDatabase(), TestPostgres.USER, "");
  }

  TestKafka kafka(Servers servers) {
    return servers.kafka();
  }

  /** Further properties of the service, {@code name=value}. */
  List<String> properties() {
    return List.of();
  }

  TestKafka kafka() {
    return kafka;
  }

  PlantTraffic plant() {
    return plant;
  }

  RunningService service() {
    return service;
  }

  /** Start of this test's time in microseconds since the epoch. */
  long now() {
    return now;
  }

  @BeforeAll
  void start(Servers servers) throws Exception {
    kafka = kafka(servers);
    tokens = TestTokens.start();
    database = database(servers);
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    plant = new PlantTraffic(kafka.bootstrapServers());
    service = startService();
  }

  @AfterAll
  void stop() {
    service.close();
    plant.close();
    tokens.close();
  }

  private RunningService startService() {
    return RunningService.start(
        IngestServiceApplication.builder(),
        kafka,
        database,
        tokens,
        properties().toArray(String[]::new));
  }

  @Test
  void everyTypeComesBackWithStatusTimeAndOrdinal() {
    String device = LINE + "types-01";
    plant.send(
        Topic.TELEMETRY,
        batch(
            device,
            "double",
            DataType.DOUBLE,
            List.of(
                new Sample(SampleValue.of(-0.1), StatusCode.of(0x40900000), now + 1, 0),
                new Sample(SampleValue.of(Double.NaN), StatusCode.GOOD, now + 1, 1),
                new Sample(null, StatusCode.BAD_NO_COMMUNICATION, now + 2, 0))));
    plant.send(
        Topic.TELEMETRY,
        batch(device, "integer", DataType.INTEGER, one(SampleValue.of(Long.MIN_VALUE))));
    plant.send(
        Topic.TELEMETRY, batch(device, "boolean", DataType.BOOLEAN, one(SampleValue.of(true))));
    plant.send(
        Topic.TELEMETRY,
        batch(device, "text", DataType.STRING, one(SampleValue.of("Größe \"1\""))));
    plant.send(
        Topic.TELEMETRY,
        batch(device, "bytes", DataType.BYTES, one(new BytesValue(new byte[] {0, -1}))));

    JsonNode doubles = awaitSamples(device + "#double", 3);
    assertThat(doubles.get(0).path("value").asDouble()).isEqualTo(-0.1);
    assertThat(doubles.get(0).path("status").asLong()).isEqualTo(0x40900000L);
    assertThat(Instant.parse(doubles.get(0).path("time").asString()))
        .isEqualTo(Instant.EPOCH.plus(Duration.ofNanos((now + 1) * 1_000)));
    assertThat(doubles.get(1).path("value").asString()).isEqualTo("NaN");
    assertThat(doubles.get(1).path("ordinal").asInt()).isEqualTo(1);
    assertThat(doubles.get(2).path("value").isNull()).isTrue();
    assertThat(doubles.get(2).path("status").asLong()).isEqualTo(0x80310000L);
    assertThat(awaitSamples(device + "#integer", 1).get(0).path("value").asLong())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(awaitSamples(device + "#boolean", 1).get(0).path("value").asBoolean()).isTrue();
    assertThat(awaitSamples(device + "#text", 1).get(0).path("value").asString())
        .isEqualTo("Größe \"1\"");
    assertThat(awaitSamples(device + "#bytes", 1).get(0).path("value").asString())
        .isEqualTo("AP8=");
  }

  @Test
  void repeatsAreDroppedAndContradictionsSetAside() {
    String device = LINE + "repeat-01";
    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 1, now + 1, 2));
    awaitSamples(device + "#t", 2);
    StageBooks.Line before = books("ingest.telemetry");

    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 1, now + 1, 3, now + 2, 4));
    JsonNode samples = awaitSamples(device + "#t", 3);
    assertThat(samples.get(1).path("value").asDouble()).isEqualTo(2);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              StageBooks.Line after = books("ingest.telemetry");
              assertThat(after.in() - before.in()).isEqualTo(3);
              assertThat(after.out() - before.out()).isEqualTo(1);
              assertThat(after.duplicatesDropped() - before.duplicatesDropped()).isEqualTo(1);
              assertThat(after.setAside() - before.setAside()).isEqualTo(1);
            });
    long dropped = books("ingest.telemetry-backfill").duplicatesDropped();
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(device, "t", now, 1, now + 2, 4));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> books("ingest.telemetry-backfill").duplicatesDropped() == dropped + 2);
    JsonNode kept = quarantined("conflict: tag " + device + "#t");
    assertThat(kept.path("stage").asString()).isEqualTo("ingest.telemetry");
  }

  @Test
  void implausibleTimesAndOtherTypesAreSetAsideAndTheRestStored() {
    String device = LINE + "odd-01";
    plant.send(Topic.TELEMETRY, doubles(device, "t", 946_684_800_000_000d, 1, now, 2));
    plant.send(
        Topic.TELEMETRY, batch(device, "t", DataType.STRING, one(SampleValue.of("not a double"))));

    assertThat(awaitSamples(device + "#t", 1).get(0).path("value").asDouble()).isEqualTo(2);
    assertThat(quarantined("not plausible").path("resubmittable").asBoolean()).isTrue();
    assertThat(quarantined("is registered as double").path("size").asInt()).isPositive();
  }

  @Test
  void quarantinedSamplesCanBeSubmittedAgainAndDiscarded() {
    String device = LINE + "again-01";
    plant.send(Topic.TELEMETRY, doubles(device, "t", now + 5, 1));
    awaitSamples(device + "#t", 1);
    plant.send(Topic.TELEMETRY, doubles(device, "t", now + 5, 9));
    JsonNode kept = quarantined("conflict: tag " + device + "#t");
    String path = "/api/v1/quarantine/" + kept.path("id").asLong();

    var refused = service.send("POST", path + "/resubmissions", tokens.token("admin"));
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(read(refused.body()).path("outcome").asString()).isEqualTo("refused");

    service
        .context()
        .getBean(JdbcClient.class)
        .sql("DELETE FROM sample WHERE source_time = to_timestamp(?::numeric / 1000000)")
        .params(now + 5)
        .update();
    var stored = service.send("POST", path + "/resubmissions", tokens.token("admin"));
    assertThat(read(stored.body()).path("outcome").asString()).isEqualTo("stored");
    assertThat(awaitSamples(device + "#t", 1).get(0).path("value").asDouble()).isEqualTo(9);
    assertThat(service.send("DELETE", path, tokens.token("admin")).statusCode()).isEqualTo(404);
  }

  @Test
  void whatContradictsTheTableBecomesNoLastValue() {
    String device = LINE + "contra-01";
    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 1));
    awaitSamples(device + "#t", 1);
    // What another instance has stored, and this one has not looked up yet
    service
        .context()
        .getBean(JdbcClient.class)
        .sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            SELECT id, to_timestamp(?::numeric / 1000000), 0, 0, 2, now(), now()
            FROM tag WHERE path = ? AND name = 't'
            """)
        .params(now + 5, device)
        .update();
    plant.send(Topic.TELEMETRY, doubles(device, "t", now + 5, 9));
    quarantined("conflict: tag " + device + "#t");
    // By the same thread, so that what follows the commit of the conflict is done, too
    plant.send(Topic.TELEMETRY, doubles(device, "after", now, 3));
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> lastValue(device + "#after") == 3);

    assertThat(lastValue(device + "#t")).isNotEqualTo(9);
  }

  @Test
  void pagesAreCompleteAndConsistentWhileLateRowsArrive() {
    String device = LINE + "page-01";
    double[] values = new double[200];
    for (int i = 0; i < 100; i++) {
      values[2 * i] = now - 1_000_000 + i * 10;
      values[2 * i + 1] = i;
    }
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(device, "t", values));
    awaitSamples(device + "#t", 100);
    String query = samplesPath(device + "#t") + "&limit=30";

    List<Double> seen = new ArrayList<>();
    String cursor = "";
    do {
      var answer = service.get(query + cursor, tokens.token("viewer"));
      JsonNode page = read(answer.body());
      page.path("samples").forEach(s -> seen.add(s.path("value").asDouble()));
      if (seen.size() == 30) {
        plant.send(Topic.TELEMETRY_BACKFILL, doubles(device, "t", now - 1, 999, now - 999_999, 9));
        awaitSamples(device + "#t", 102);
      }
      boolean more = !page.path("next").isNull();
      assertThat(answer.headers().firstValue("Link").isPresent()).isEqualTo(more);
      cursor = more ? "&cursor=" + page.path("next").asString() : "";
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(100).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aCursorIsTheWholeQuestionAndOfNoOtherTag() {
    String device = LINE + "cursor-01";
    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 1, now + 1, 2, now + 2, 3, now + 3, 4));
    plant.send(Topic.TELEMETRY, doubles(device, "u", now, 1));
    awaitSamples(device + "#t", 4);
    awaitSamples(device + "#u", 1);
    String from = Instant.EPOCH.plus(Duration.ofNanos(now * 1_000)).toString();
    String to = Instant.EPOCH.plus(Duration.ofNanos((now + 3) * 1_000)).toString();
    String range = "&limit=2&from=" + from + "&to=" + to;
    String token = tokens.token("viewer");
    String cursor =
        read(service.get(samplesPath(device + "#t") + range, token).body()).path("next").asString();

    JsonNode rest = read(service.get("/api/v1/samples?limit=2&cursor=" + cursor, token).body());
    assertThat(rest.path("tag").asString()).isEqualTo(device + "#t");
    assertThat(rest.path("samples")).hasSize(1);
    assertThat(rest.path("samples").get(0).path("value").asDouble()).isEqualTo(3);
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(service.get(samplesPath(device + "#t") + range + "&cursor=" + cursor, token).body())
        .contains("\"value\":3");
    for (String other :
        List.of(samplesPath(device + "#u"), samplesPath(device + "#t") + "&from=" + to)) {
      var refused = service.get(other + "&cursor=" + cursor, token);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("the cursor belongs to");
    }
  }

  @Test
  void ownQuarantineEventsDoNotComeBack() {
    String device = LINE + "own-01";
    String cause = "conflict: tag " + device + "#t";
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    setAsideElsewhere("ahead of own events");
    quarantined("ahead of own events");
    long in = books("ingest.quarantine").in();

    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 1));
    awaitSamples(device + "#t", 1);
    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 2));
    quarantined(cause);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> number(jdbc, "SELECT count(*) FROM outbox") == 0);
    setAsideElsewhere("behind own events");
    quarantined("behind own events");

    assertThat(books("ingest.quarantine").in()).isEqualTo(in + 1);
    assertThat(number(jdbc, "SELECT count(*) FROM quarantine WHERE cause LIKE '" + cause + "%'"))
        .isOne();
  }

  @Test
  void aBurstOfPoisonIsCountedRightAlsoWhenRecordsAreDeletedByHand() throws Exception {
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    awaitRead(Topic.TELEMETRY);
    awaitRead(Topic.TELEMETRY_BACKFILL);
    String inTable = "SELECT count(*) FROM quarantine";
    long before = number(jdbc, inTable);
    plant.sendPoison(Topic.TELEMETRY, 300);
    Awaitility.await().atMost(PATIENCE).until(() -> number(jdbc, inTable) == before + 300);
    assertThat(quarantineCount()).isEqualTo(before + 300);

    jdbc.sql("DELETE FROM quarantine WHERE id > (SELECT max(id) - 300 FROM quarantine)").update();

    assertThat(quarantineCount()).isEqualTo(number(jdbc, inTable)).isLessThanOrEqualTo(before);
  }

  @Test
  void theBooksOfAllStagesAreListedAlongTheTrip() {
    String gateway = "acme/graz/gw-9";
    String bridge = "acme/graz/linewright";
    plant.send(Topic.TELEMETRY, counter(bridge, "stage/bridge/in", 40));
    plant.send(Topic.TELEMETRY, counter(bridge, "stage/bridge/duplicates-dropped", 2));
    plant.send(Topic.TELEMETRY, counter(gateway, "stage/mqtt/out", 41));
    plant.send(Topic.TELEMETRY, counter(gateway, "stage/mqtt/resent", 1));
    plant.send(Topic.TELEMETRY, counter(gateway, "stage/driver/in", 50));
    awaitSamples(gateway + "#stage/driver/in", 1);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode rows = read(service.get("/api/v1/stages", tokens.token("viewer")).body());
              List<String> stages = new ArrayList<>();
              rows.forEach(row -> stages.add(row.path("stage").asString()));
              assertThat(stages)
                  .startsWith("driver", "mqtt", "bridge")
                  .contains("ingest.telemetry");
              assertThat(rows.get(0).path("instance").asString()).isEqualTo(gateway);
              assertThat(rows.get(0).path("in").asLong()).isEqualTo(50);
              assertThat(rows.get(1).path("in").isNull()).isTrue();
              assertThat(rows.get(1).path("counters").path("resent").asLong()).isOne();
              assertThat(rows.get(2).path("in").asLong()).isEqualTo(40);
              assertThat(rows.get(2).path("duplicatesDropped").asLong()).isEqualTo(2);
            });
  }

  private TelemetryBatch counter(String equipment, String tag, long value) {
    Sample sample = new Sample(SampleValue.of(value), StatusCode.GOOD, now, 0);
    return new TelemetryBatch(
        EquipmentPath.parse(equipment),
        "acme:graz",
        "gw-9",
        now,
        OptionalLong.empty(),
        List.of(
            new TagSeries(
                new TagName(tag), DataType.INTEGER, TagRole.STAGE_COUNTER, List.of(sample))));
  }

  @Test
  void announcedEquipmentAndTagsAreFound() {
    String device = LINE + "press-07";
    announce(
        device,
        "io.linewright.equipment.announced.v1",
        "{\"path\":\"%s\",\"equipmentId\":null,\"level\":\"WORK_UNIT\",\"group\":\"acme:graz\",\"node\":\"gw-1\",\"later\":1}"
            .formatted(device));
    announce(
        device + "#load",
        "io.linewright.equipment.tag-announced.v1",
        "{\"path\":\"%s\",\"name\":\"load\",\"type\":\"double\",\"unit\":\"kW\",\"role\":\"power\",\"rangeLow\":0,\"rangeHigh\":50,\"samplingMillis\":1000,\"dataClass\":\"site\",\"owner\":null}"
            .formatted(device));

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode tags =
                  read(
                      service
                          .get(
                              "/api/v1/tags?equipment=acme/graz&search=PRESS-07",
                              tokens.token("viewer"))
                          .body());
              assertThat(tags.path("tags")).hasSize(1);
              assertThat(tags.path("tags").get(0).path("unit").asString()).isEqualTo("kW");
            });
    String line = "/api/v1/equipment?equipment=" + LINE.substring(0, LINE.length() - 1);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode tree = read(service.get(line, tokens.token("viewer")).body());
              JsonNode found = tree.path("equipment").path(0);
              assertThat(found.path("level").asString()).isEqualTo("WORK_CENTER");
              assertThat(found.path("children").toString()).contains("press-07");
            });
  }

  @Test
  void liveStreamsShowValuesAsTheyChange() throws Exception {
    String device = LINE + "live-01";
    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 41));
    awaitSamples(device + "#t", 1);
    HttpURLConnection connection =
        (HttpURLConnection)
            service.uri("/api/v1/live?equipment=" + device).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + tokens.token("viewer"));
    connection.setReadTimeout(60_000);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(next(lines, "values")).contains("\"value\":41");
      plant.send(Topic.TELEMETRY, doubles(device, "t", now + 1, 42));
      assertThat(next(lines, "values")).contains("\"value\":42", device + "#t");
    } finally {
      connection.disconnect();
    }
  }

  @Test
  void lastValuesSurviveARestartAndLateValuesDoNotChangeThem() {
    String device = LINE + "last-01";
    plant.send(Topic.TELEMETRY, doubles(device, "t", now, 7));
    awaitSamples(device + "#t", 1);
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(device, "t", now - 10, 3));
    awaitSamples(device + "#t", 2);
    assertThat(lastValue(device + "#t")).isEqualTo(7);

    service.close();
    service = startService();

    assertThat(lastValue(device + "#t")).isEqualTo(7);
    assertThat(awaitSamples(device + "#t", 2)).hasSize(2);
  }

  @Test
  void nonsenseInRequestsIsAProblemNotAFailure() {
    for (String path :
        List.of(
            "/api/v1/samples",
            "/api/v1/samples?tag=nohash",
            samplesPath(LINE + "x#y") + "&limit=50001",
            samplesPath(LINE + "x#y") + "&from=yesterday",
            "/api/v1/tags?limit=0",
            "/api/v1/tags?role=none",
            "/api/v1/equipment?equipment=UPPER")) {
      var answer = service.get(path, tokens.token("viewer"));
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("urn:linewright:problem:");
    }
    assertThat(service.get(samplesPath("acme/none#none"), tokens.token("viewer")).statusCode())
        .isEqualTo(404);
  }

  private List<Sample> one(SampleValue value) {
    return List.of(new Sample(value, StatusCode.GOOD, now, 0));
  }

  private static String next(BufferedReader lines, String event) throws Exception {
    String line = lines.readLine();
    boolean wanted = false;
    while (line != null) {
      if (line.startsWith("event:")) {
        wanted = line.endsWith(event);
      } else if (wanted && line.startsWith("data:")) {
        return line;
      }
      line = lines.readLine();
    }
    throw new AssertionError("stream ended before event " + event);
  }

  private void announce(String key, String type, String body) {
    produce(Topic.EQUIPMENT, key, body, Map.of("ce_type", type));
  }

  @Test
  void lossesAreListedOnceByEquipment() {
    String mill = LINE + "losses-01";
    String loss =
        """
        {"equipment":"%s","from":"2026-01-31T06:00:00Z","to":"2026-01-31T07:00:00Z","count":%s,
         "reason":"the log was full","tags":["a","b"],"tagCount":70}""";
    tellLoss("first", loss.formatted(mill, "12"));
    tellLoss("first", loss.formatted(mill, "12"));
    tellLoss("second", loss.formatted(mill, "null"));
    tellLoss("other", loss.formatted(LINE + "losses-012", "1"));
    tellLoss("broken", "{\"equipment\":\"Not A Path\"}");

    quarantined("not a loss");
    JsonNode losses =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> losses("equipment=" + mill), found -> found.size() == 2);
    assertThat(losses.get(1).path("count").asLong()).isEqualTo(12);
    assertThat(losses.get(1).path("tags").size()).isEqualTo(2);
    assertThat(losses.get(1).path("tagCount").asInt()).isEqualTo(70);
    assertThat(losses.get(0).path("count").isNull()).isTrue();
    assertThat(losses.get(0).path("to").asString())
        .as("six decimals, as everywhere")
        .isEqualTo("2026-01-31T07:00:00.000000Z");
    assertThat(losses("equipment=" + LINE.substring(0, LINE.length() - 1)).size()).isEqualTo(3);
    assertThat(losses("limit=1").size()).isEqualTo(1);
    assertThat(service.get("/api/v1/losses?limit=0", tokens.token("viewer")).statusCode())
        .isEqualTo(400);
  }

  private JsonNode losses(String query) {
    return read(service.get("/api/v1/losses?" + query, tokens.token("viewer")).body())
        .path("losses");
  }

  private void tellLoss(String id, String body) {
    produce(
        Topic.MACHINE_EVENTS,
        "acme/graz/machining/line-1",
        body,
        Map.of(
            "ce_type",
            EventTypes.SAMPLES_LOST,
            "ce_id",
            id,
            "ce_source",
            "/bridge/acme:graz/gw-1",
            "ce_time",
            "2026-01-31T06:00:00Z"));
  }

  private void setAsideElsewhere(String cause) {
    produce(
        Topic.QUARANTINE,
        "bridge",
        "{\"stage\":\"bridge\",\"origin\":\"gw\",\"cause\":\"%s\",\"payload\":\"AA==\",\"size\":1}"
            .formatted(cause),
        Map.of(
            "ce_type",
            EventTypes.RECORD_QUARANTINED,
            "ce_id",
            cause,
            "ce_source",
            "/bridge/acme:graz/gw-1",
            "ce_time",
            "2026-01-31T06:00:00Z"));
  }

  private void produce(Topic topic, String key, String body, Map<String, String> headers) {
    try (var producer =
        new KafkaProducer<String, String>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      var record = new ProducerRecord<>(topic.topicName(), key, body);
      headers.forEach(
          (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      producer.send(record);
    }
  }

  /** Until all that is on a topic by now is stored or set aside; other tests sent to it, too. */
  private void awaitRead(Topic topic) throws Exception {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      partitions.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
    }
    long end = 0;
    try (var admin = kafka.admin()) {
      for (var last : admin.listOffsets(partitions).all().get().values()) {
        end += last.offset();
      }
    }
    String read =
        "SELECT coalesce(sum(next_offset), 0) >= %d FROM consumer_offset WHERE topic = ?"
            .formatted(end);
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> jdbc.sql(read).param(topic.topicName()).query(Boolean.class).single());
  }

  private long quarantineCount() {
    return read(service.get("/api/v1/quarantine/count", tokens.token("viewer")).body())
        .path("count")
        .asLong();
  }

  private static long number(JdbcClient jdbc, String query) {
    return jdbc.sql(query).query(Long.class).single();
  }

  private double lastValue(String tag) {
    String path = "/api/v1/last-values?tag=" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
    return read(service.get(path, tokens.token("viewer")).body())
        .path("values")
        .get(0)
        .path("value")
        .asDouble();
  }

  private JsonNode quarantined(String cause) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode page =
                  read(service.get("/api/v1/quarantine?limit=500", tokens.token("viewer")).body());
              for (JsonNode record : page.path("records")) {
                if (record.path("cause").asString().contains(cause)) {
                  return record;
                }
              }
              return json.nullNode();
            },
            found -> !found.isNull());
  }

  JsonNode awaitSamples(String tag, int count) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                read(service.get(samplesPath(tag), tokens.token("viewer")).body()).path("samples"),
            samples -> samples.size() == count);
  }

  private static String samplesPath(String tag) {
    return "/api/v1/samples?tag=" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }

  private StageBooks.Line books(String stage) {
    return service.context().getBean(StageBooks.class).read().stream()
        .filter(line -> line.stage().equals(stage))
        .findFirst()
        .orElse(new StageBooks.Line(stage, "", 0, 0, 0, 0));
  }

  private JsonNode read(String body) {
    return json.readTree(body);
  }
}
