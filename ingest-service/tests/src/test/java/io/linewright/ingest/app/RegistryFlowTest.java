package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.batch;
import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.SampleStream;
import io.linewright.model.telemetry.SampleStreamReader;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.security.TestTokens;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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

/** Machines that move and tags that change, as REST shows them. */
@ExtendWith(HistorianParameter.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class RegistryFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HALL = "acme/graz/moving/";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Instant base =
      Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;
  private KafkaProducer<String, String> producer;
  private TestKafka kafka;

  @BeforeAll
  void start(SharedHistorian historian) {
    tokens = historian.tokens();
    service = historian.service();
    kafka = historian.kafka();
    plant = new PlantTraffic(kafka.bootstrapServers());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterAll
  void stop() {
    producer.close();
    plant.close();
    http.close();
  }

  @Test
  void anotherUnitBeginsAVersionAndNothingIsMixed() {
    String tag = HALL + "line-1/kiln-01#temperature";
    tag(tag, "double", "Cel", at(0));
    send(tag, at(10), 100, at(20), 0);
    awaitSamples(tag, 2);
    tag(tag, "double", "[degF]", at(30));
    awaitVersion(tag, 2);
    send(tag, at(40), 212, at(50), 32);
    JsonNode raw = awaitSamples(tag, 4);

    assertThat(raw.path("unit").asString()).isEqualTo("[degF]");
    assertThat(numbers(raw.path("samples"), "value")).containsExactly(212.0, 32.0, 212.0, 32.0);
    assertThat(numbers(raw.path("samples"), "version")).containsExactly(1.0, 1.0, 2.0, 2.0);
    assertThat(raw.path("versions").toString())
        .isEqualTo(
            "[{\"version\":1,\"from\":null,\"type\":\"double\",\"unit\":\"Cel\",\"shownIn\":\"[degF]\"},"
                + "{\"version\":2,\"from\":\"%s\",\"type\":\"double\",\"unit\":\"[degF]\",\"shownIn\":\"[degF]\"}]"
                    .formatted(rfc(at(30))));
    JsonNode kelvin = get(samples(tag) + "&unit=K");
    assertThat(kelvin.path("unit").asString()).isEqualTo("K");
    assertThat(kelvin.path("samples").get(1).path("value").asDouble())
        .isCloseTo(273.15, within(1e-9));
    assertThat(kelvin.path("samples").get(3).path("value").asDouble())
        .isCloseTo(273.15, within(1e-9));

    String question = "?tag=" + name(tag) + "&from=" + rfc(at(0)) + "&to=" + rfc(at(60));
    JsonNode bucket =
        get("/api/v1/aggregates" + question + "&aggregate=Maximum&width=P10D&unit=Cel")
            .path("series")
            .get(0);
    assertThat(bucket.path("unit").asString()).isEqualTo("Cel");
    assertThat(
            bucket.path("buckets").get(0).path("values").path("Maximum").path("value").asDouble())
        .isCloseTo(100, within(1e-9));
    assertThat(get("/api/v1/trends" + question).path("samples").get(0).path("value").asDouble())
        .isEqualTo(212);
    assertThat(
            get("/api/v1/aligned" + question + "&step=PT10S&fill=last-known&unit=Cel")
                .path("rows")
                .get(5)
                .path("values")
                .get(0)
                .asDouble())
        .isCloseTo(0, within(1e-9));
    assertThat(
            get("/api/v1/values-at?tag=%s&time=%s&fill=last-known"
                    .formatted(name(tag), rfc(at(35))))
                .path("series")
                .get(0)
                .path("values")
                .get(0)
                .path("value")
                .asDouble())
        .as("the value before the change, in the newest unit")
        .isEqualTo(32);
    assertThat(
            get("/api/v1/last-values?tag=" + name(tag) + "&unit=Cel")
                .path("values")
                .get(0)
                .path("value")
                .asDouble())
        .isCloseTo(0, within(1e-9));
    for (String path :
        List.of(
            samples(tag) + "&unit=bar",
            "/api/v1/trends" + question + "&unit=bar",
            "/api/v1/last-values?tag=" + name(tag) + "&unit=bar")) {
      HttpResponse<String> refused = service.get(path, tokens.token("viewer"));
      assertThat(refused.statusCode()).as(path).isEqualTo(400);
      assertThat(refused.body()).contains("bar").containsAnyOf("'Cel'", "'[degF]'");
    }
    assertThat(service.get(samples(tag) + "&unit=nonsense", tokens.token("viewer")).statusCode())
        .isEqualTo(400);
    JsonNode told = event(EventTypes.TAG_VERSION, "kiln-01");
    assertThat(told.path("version").asInt()).isEqualTo(2);
    assertThat(told.path("formerUnit").asString()).isEqualTo("Cel");
    assertThat(told.path("unit").asString()).isEqualTo("[degF]");
  }

  @Test
  void aUnitThatBeginsBetweenTwoPagesChangesNone() throws Exception {
    String tag = HALL + "line-1/kiln-04#temperature";
    tag(tag, "double", "Cel", at(0));
    send(tag, at(10), 100, at(20), 0);
    awaitSamples(tag, 2);
    String cursor = get(samples(tag) + "&limit=1").path("next").asString();
    tag(tag, "double", "[degF]", at(30));
    awaitVersion(tag, 2);

    JsonNode second = get("/api/v1/samples?cursor=" + cursor);
    assertThat(second.path("unit").asString()).isEqualTo("Cel");
    assertThat(numbers(second.path("samples"), "value")).containsExactly(0.0);
    assertThat(second.path("versions").isMissingNode()).isTrue();
    List<String> lines = csv("/api/v1/samples?cursor=" + cursor).lines().toList();
    assertThat(lines).hasSize(2).last().asString().contains(",0.0,0,Good,").endsWith(",double,Cel");
    assertThat(lines.getFirst()).endsWith(",ingestTime,type,unit");
    assertThat(numbers(get(samples(tag)).path("samples"), "value"))
        .as("a new question is answered in the newest unit")
        .containsExactly(212.0, 32.0);
    assertThat(csv(samples(tag)).lines().toList()).last().asString().endsWith(",double,[degF]");
  }

  @Test
  void wholeNumbersStaySoWhenAUnitBeginsBetweenTwoPages() throws Exception {
    String tag = HALL + "line-1/kiln-08#temperature";
    tag(tag, "integer", "Cel", at(0));
    plant.send(
        Topic.TELEMETRY,
        batch(
            path(tag),
            "temperature",
            DataType.INTEGER,
            List.of(sample(SampleValue.of(4L), at(10)), sample(SampleValue.of(5L), at(20)))));
    awaitSamples(tag, 2);
    String plain = get(samples(tag) + "&limit=1").path("next").asString();
    String wanted = get(samples(tag) + "&limit=1&unit=Cel").path("next").asString();
    tag(tag, "integer", "[degF]", at(30));
    awaitVersion(tag, 2);

    for (String cursor : List.of(plain, wanted)) {
      JsonNode second = get("/api/v1/samples?cursor=" + cursor);
      assertThat(second.path("type").asString()).isEqualTo("integer");
      assertThat(second.path("unit").asString()).isEqualTo("Cel");
      assertThat(second.path("samples").get(0).path("value").toString()).isEqualTo("5");
      assertThat(csv("/api/v1/samples?cursor=" + cursor).lines().toList())
          .satisfiesExactly(
              header -> assertThat(header).endsWith(",ingestTime,type,unit"),
              row -> assertThat(row).contains(",5,0,Good,").endsWith(",integer,Cel"));
    }
  }

  @Test
  void numbersAndTextsAreKeptApart() throws Exception {
    String tag = HALL + "line-1/kiln-02#state";
    tag(tag, "integer", "1", at(0));
    plant.send(
        Topic.TELEMETRY,
        batch(path(tag), "state", DataType.INTEGER, List.of(sample(SampleValue.of(7L), at(10)))));
    awaitSamples(tag, 1);
    tag(tag, "string", "1", at(20));
    awaitVersion(tag, 2);
    plant.send(
        Topic.TELEMETRY,
        batch(path(tag), "state", DataType.STRING, List.of(sample(SampleValue.of("RUN"), at(30)))));
    awaitSamples(tag, 2);
    // Late, and therefore of the type of its time; and one that contradicts it.
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        batch(
            path(tag),
            "state",
            DataType.INTEGER,
            List.of(sample(SampleValue.of(8L), at(15)), sample(SampleValue.of(9L), at(25)))));
    JsonNode raw = awaitSamples(tag, 3);

    assertThat(raw.path("samples").get(0).path("value").asInt()).isEqualTo(7);
    assertThat(raw.path("samples").get(1).path("value").asInt()).isEqualTo(8);
    assertThat(raw.path("samples").get(2).path("value").asString()).isEqualTo("RUN");
    assertThat(numbers(raw.path("samples"), "version")).containsExactly(1.0, 1.0, 2.0);
    try (SampleStreamReader bulk = bulk(samples(tag))) {
      assertThat(bulk.head().versions())
          .extracting(SampleStream.Version::version, SampleStream.Version::type)
          .containsExactly(tuple(1, DataType.INTEGER), tuple(2, DataType.STRING));
      assertThat(bulk.head().versions().getLast().fromMicros()).hasValue(micros(at(20)));
      assertThat(bulk.next().orElseThrow().rows()).hasSize(2);
      SampleStream.Block texts = bulk.next().orElseThrow();
      assertThat(texts.version()).isEqualTo(2);
      assertThat(texts.rows().getFirst().sample().value()).isEqualTo(SampleValue.of("RUN"));
      assertThat(bulk.next()).isEmpty();
    }
    List<String> lines = csv(samples(tag)).lines().toList();
    assertThat(lines).hasSize(4).first().asString().endsWith("ingestTime,version,type,unit");
    assertThat(lines.get(1)).endsWith("Z,1,integer,1");
    assertThat(lines.get(3)).endsWith("Z,2,string,1");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("/api/v1/quarantine?limit=500").toString())
                    .contains("is registered as string at that time, this value is integer"));

    String trend = "/api/v1/trends?tag=" + name(tag) + "&from=" + rfc(at(0)) + "&to=";
    HttpResponse<String> mixed = service.get(trend + rfc(at(60)), tokens.token("viewer"));
    assertThat(mixed.statusCode()).isEqualTo(400);
    assertThat(mixed.body()).contains("integer", "string", at(20).toString());
    JsonNode before = get(trend + rfc(at(20)));
    assertThat(before.path("type").asString()).isEqualTo("integer");
    assertThat(before.path("samples")).hasSize(2);
    assertThat(before.path("after").isNull()).as("what comes after is a text").isTrue();
    assertThat(
            get("/api/v1/last-values?tag=" + name(tag))
                .path("values")
                .get(0)
                .path("type")
                .asString())
        .isEqualTo("string");
  }

  @Test
  void aTypeThatIsChangedBackTakesItsValues() {
    String tag = HALL + "line-1/kiln-03#mode";
    String name = "mode";
    tag(tag, "integer", "1", at(0));
    plant.send(
        Topic.TELEMETRY,
        batch(path(tag), name, DataType.INTEGER, List.of(sample(SampleValue.of(1L), at(10)))));
    awaitSamples(tag, 1);
    tag(tag, "double", "1", at(20));
    awaitVersion(tag, 2);
    plant.send(
        Topic.TELEMETRY,
        batch(path(tag), name, DataType.DOUBLE, List.of(sample(SampleValue.of(1.5), at(30)))));
    awaitSamples(tag, 2);
    // Another instance has entered the third version; this one has not heard of it yet.
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    jdbc.sql(
            "INSERT INTO tag_version (tag_id, version, valid_from, type, unit)"
                + " SELECT id, 3, ?, 'integer', '1' FROM tag WHERE path = ? AND name = ?")
        .params(at(40).atOffset(ZoneOffset.UTC), path(tag), name)
        .update();
    jdbc.sql("UPDATE tag SET type = 'integer' WHERE path = ? AND name = ?")
        .params(path(tag), name)
        .update();
    plant.send(
        Topic.TELEMETRY,
        batch(path(tag), name, DataType.INTEGER, List.of(sample(SampleValue.of(2L), at(50)))));

    JsonNode raw = awaitSamples(tag, 3);
    assertThat(numbers(raw.path("samples"), "value")).containsExactly(1.0, 1.5, 2.0);
    assertThat(numbers(raw.path("samples"), "version")).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void aMachineThatPeopleMovedKeepsItsPast() throws Exception {
    String old = HALL + "line-2/mill-01";
    String now = HALL + "line-3/mill-09";
    tag(old + "#speed", "double", "1", at(0));
    send(old + "#speed", at(10), 1, at(20), 2);
    awaitSamples(old + "#speed", 2);
    HttpResponse<String> moved = move(old, now, at(30), "hall 3 has more room", "admin");
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(201);
    assertThat(move(old, now, at(30), "hall 3 has more room", "admin").statusCode())
        .as("the same report again")
        .isEqualTo(201);
    send(old + "#speed", at(40), 3);

    assertThat(numbers(awaitSamples(now + "#speed", 3).path("samples"), "value"))
        .as("as is, the machine has all its past")
        .containsExactly(1.0, 2.0, 3.0);
    assertThat(get(samples(old + "#speed")).path("tag").asString())
        .as("the old path is an alias")
        .isEqualTo(now + "#speed");
    assertThat(numbers(get(samples(old + "#speed") + "&places=as-was").path("samples"), "value"))
        .containsExactly(1.0, 2.0);
    assertThat(numbers(get(samples(now + "#speed") + "&places=as-was").path("samples"), "value"))
        .containsExactly(3.0);
    JsonNode page = get(samples(now + "#speed") + "&limit=2");
    assertThat(numbers(page.path("samples"), "value")).containsExactly(1.0, 2.0);
    assertThat(
            numbers(
                get("/api/v1/samples?cursor=" + page.path("next").asString()).path("samples"),
                "value"))
        .containsExactly(3.0);

    assertThat(get("/api/v1/equipment?equipment=" + old).path("equipment")).isEmpty();
    JsonNode machine = get("/api/v1/equipment?equipment=" + now).path("equipment").get(0);
    assertThat(machine.path("address").asString()).isEqualTo(old);
    JsonNode places =
        get("/api/v1/equipment/" + machine.path("id").asString() + "/places").path("places");
    assertThat(places).hasSize(2);
    assertThat(places.get(1).path("reason").asString()).isEqualTo("hall 3 has more room");
    assertThat(places.get(1).path("movedBy").asString()).isNotEmpty();
    assertThat(places.get(1).path("from").asString()).isEqualTo(rfc(at(30)));
    JsonNode tags = get("/api/v1/tags?equipment=" + HALL + "line-3&search=MILL").path("tags");
    assertThat(tags).hasSize(1);
    assertThat(tags.get(0).path("address").asString()).isEqualTo(old);
    assertThat(get("/api/v1/tags?equipment=" + old).path("tags")).isEmpty();
    assertThat(get("/api/v1/tags?equipment=" + old + "&at=" + rfc(at(20))).path("tags")).hasSize(1);
    assertThat(
            get("/api/v1/last-values?equipment=" + HALL + "line-3")
                .path("values")
                .get(0)
                .path("value")
                .asDouble())
        .isEqualTo(3);
    JsonNode told = event(EventTypes.EQUIPMENT_MOVED, "mill-09");
    assertThat(told.path("from").asString()).isEqualTo(old);

    // Another machine comes to the old place.
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000001", at(50));
    tag(old + "#speed", "double", "1", at(50));
    send(old + "#speed", at(60), 9);
    assertThat(numbers(awaitSamples(old + "#speed", 1).path("samples"), "value"))
        .containsExactly(9.0);
    assertThat(numbers(get(samples(now + "#speed")).path("samples"), "value"))
        .containsExactly(1.0, 2.0, 3.0);
    assertThat(numbers(get(samples(old + "#speed") + "&places=as-was").path("samples"), "value"))
        .containsExactly(1.0, 2.0, 9.0);
  }

  @Test
  void aMachineWhosePlaceAnotherTookKeepsItsTagsAndLastValues() throws Exception {
    String old = HALL + "line-16/mill-02";
    String now = HALL + "line-17/mill-02";
    tag(old + "#speed", "double", "1", at(0));
    send(old + "#speed", at(10), 1);
    awaitSamples(old + "#speed", 1);
    assertThat(move(old, now, at(30), "more room", "admin").statusCode()).isEqualTo(201);
    send(old + "#speed", at(40), 3);
    awaitSamples(now + "#speed", 2);
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000012", at(50));
    tag(old + "#speed", "double", "Hz", at(50));
    awaitVersion(old + "#speed", 2);
    send(old + "#speed", at(60), 9);
    awaitSamples(old + "#speed", 1);

    JsonNode tags = get("/api/v1/tags?equipment=" + HALL + "line-17").path("tags");
    assertThat(tags).hasSize(1);
    assertThat(tags.get(0).path("tag").asString()).isEqualTo(now + "#speed");
    assertThat(tags.get(0).path("address").asString()).isEqualTo(old);
    assertThat(tags.get(0).path("unit").asString()).as("of its own values").isEqualTo("1");
    JsonNode others = get("/api/v1/tags?equipment=" + HALL + "line-16").path("tags");
    assertThat(others).hasSize(1);
    assertThat(others.get(0).path("unit").asString()).isEqualTo("Hz");
    assertThat(lastValues("equipment=" + HALL + "line-17"))
        .containsExactly(now + "#speed=3.0 in 1");
    assertThat(lastValues("limit=1&equipment=" + HALL + "line-17"))
        .containsExactly(now + "#speed=3.0 in 1");
    assertThat(lastValues("equipment=" + HALL + "line-16"))
        .containsExactly(old + "#speed=9.0 in Hz");
    assertThat(lastValues("tag=" + name(now + "#speed") + "&tag=" + name(old + "#speed")))
        .containsExactly(old + "#speed=9.0 in Hz", now + "#speed=3.0 in 1");

    send(old + "#speed", at(45), 4);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lastValues("tag=" + name(now + "#speed")))
                    .as("late, and therefore of the machine that had the address then")
                    .containsExactly(now + "#speed=4.0 in 1"));
  }

  @Test
  void aStreamShowsValuesOfAMachineThatHasLeftItsAddressWhereTheMachineIs() throws Exception {
    String old = HALL + "line-26/mill-03";
    String now = HALL + "line-27/mill-03";
    String begin = "p" + (Instant.now().toEpochMilli() * 1_000 - 1_000);
    tag(old + "#speed", "double", "1", at(0));
    send(old + "#speed", at(10), 1);
    awaitSamples(old + "#speed", 1);
    assertThat(move(old, now, at(30), "more room", "admin").statusCode()).isEqualTo(201);
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000019", at(50));
    assertThat(lastValues("equipment=" + old)).isEmpty();

    String elsewhere = "?equipment=" + now;
    try (LiveReader reader = new LiveReader(service, elsewhere, tokens.token("viewer"), null)) {
      assertThat(shown(reader)).as("nobody else has sent").containsExactly(now + "#speed=1.0");
    }
    String scope = "?interval=PT0.25S&equipment=" + old;
    try (LiveReader reader = new LiveReader(service, scope, tokens.token("viewer"), null)) {
      assertThat(reader.next("begin").path("given").asString()).isEqualTo("last-values");
      send(old + "#speed", at(60), 9);
      assertThat(shown(reader)).containsExactly(old + "#speed=9.0");
    }
    try (LiveReader reader = new LiveReader(service, scope, tokens.token("viewer"), begin)) {
      assertThat(reader.next("begin").path("given").asString()).isEqualTo("missed-values");
      assertThat(shown(reader)).containsExactly(old + "#speed=9.0");
    }
  }

  private static List<String> shown(LiveReader reader) throws InterruptedException {
    return reader
        .next("values")
        .valueStream()
        .map(one -> one.path("tag").asString() + "=" + one.path("value").asDouble())
        .toList();
  }

  private List<String> lastValues(String query) {
    return get("/api/v1/last-values?" + query)
        .path("values")
        .valueStream()
        .map(
            one ->
                "%s=%s in %s"
                    .formatted(
                        one.path("tag").asString(),
                        one.path("value").asDouble(),
                        one.path("unit").asString()))
        .toList();
  }

  @Test
  void treeAndTagsOfAnInstantAreThoseOfTheValues() throws Exception {
    String old = HALL + "line-18/pump-01";
    String now = HALL + "line-19/pump-01";
    tag(old + "#flow", "double", "1", at(0));
    send(old + "#flow", at(10), 1);
    awaitSamples(old + "#flow", 1);
    assertThat(move(old, now, at(30), "more room", "admin").statusCode()).isEqualTo(201);
    equipment(now, null, at(50));
    tag(now + "#flow", "double", "1", at(50));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> addresses("tags", now, "").equals(List.of(now)));
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000013", at(70));

    for (String list : List.of("tags", "equipment")) {
      assertThat(addresses(list, old, "&at=1990-01-01T00:00:00Z"))
          .as("the first word of equipment counts since ever: " + list)
          .containsExactly(old);
      assertThat(addresses(list, old, "&at=" + rfc(at(20)))).as(list).containsExactly(old);
      assertThat(addresses(list, old, "&at=" + rfc(at(40)))).as(list).isEmpty();
      assertThat(addresses(list, now, "&at=" + rfc(at(40)))).as(list).containsExactly(old);
      assertThat(addresses(list, now, "&at=" + rfc(at(60)))).as(list).containsExactly(now);
    }
    String machine =
        get("/api/v1/equipment?equipment=" + now).path("equipment").get(0).path("id").asString();
    assertThat(
            get("/api/v1/equipment?at=1990-01-01T00:00:00Z&equipment=" + old)
                .path("equipment")
                .get(0)
                .path("id")
                .asString())
        .as("not what came to its place later")
        .isEqualTo(machine);
  }

  private List<String> addresses(String list, String path, String at) {
    return get("/api/v1/" + list + "?equipment=" + path + at)
        .path(list)
        .valueStream()
        .map(one -> one.path("address").asString())
        .toList();
  }

  @Test
  void lossesFollowAMachineThatWasMoved() {
    String old = HALL + "line-20/lathe-01";
    String now = HALL + "line-21/lathe-01";
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000014", at(0));
    equipment(now, "5a3f0c1e-0000-4000-8000-000000000014", at(30));
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000015", at(50));
    loss(old, at(10), "at the old place");
    loss(now, at(40), "at the new place");
    loss(old, at(60), "of the other");

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(losses(HALL + "line-21"))
                  .containsExactlyInAnyOrder(now + " at the old place", now + " at the new place");
              assertThat(losses(old)).containsExactly(old + " of the other");
            });
    assertThat(losses(HALL + "line-22")).isEmpty();
  }

  @Test
  void lossesOfAReplacedMachineAreWhereItWasLast() {
    String place = HALL + "line-25/lathe-02";
    String successor = "5a3f0c1e-0000-4000-8000-000000000018";
    equipment(place, "5a3f0c1e-0000-4000-8000-000000000017", at(0));
    loss(place, at(10), "of the replaced one");
    equipment(place, successor, at(50));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("/api/v1/equipment?equipment=" + place)
                    .path("equipment")
                    .toString()
                    .contains(successor));
    loss(place, at(60), "of its successor");

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (String wanted : List.of(place, HALL + "line-25")) {
                assertThat(losses(wanted))
                    .containsExactlyInAnyOrder(
                        place + " of the replaced one", place + " of its successor");
              }
            });
  }

  private List<String> losses(String equipment) {
    return get("/api/v1/losses?equipment=" + equipment)
        .path("losses")
        .valueStream()
        .map(one -> one.path("equipment").asString() + " " + one.path("reason").asString())
        .toList();
  }

  private void loss(String equipment, Instant from, String reason) {
    var record =
        new ProducerRecord<>(
            Topic.MACHINE_EVENTS.topicName(),
            HALL + "line-20",
            json.writeValueAsString(
                new SamplesLost(equipment, from, from.plusSeconds(1), 1L, reason)));
    Map.of(
            "ce_type",
            EventTypes.SAMPLES_LOST,
            "ce_id",
            reason,
            "ce_source",
            "/bridge/acme:graz/" + equipment,
            "ce_time",
            from.toString())
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(record);
    producer.flush();
  }

  @Test
  void theSameReportWithoutATimeChangesNothing() throws Exception {
    String old = HALL + "line-23/press-01";
    String now = HALL + "line-24/press-01";
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000016", at(0));

    HttpResponse<String> first = moveNow(old, now, "more room");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    HttpResponse<String> again = moveNow(old, now, "more room");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(moveNow(old, now, "another reason").statusCode()).isEqualTo(404);
    assertThat(moveNow(HALL + "line-23/press-02", now, "more room").statusCode())
        .as("from elsewhere")
        .isEqualTo(404);
    String id =
        get("/api/v1/equipment?equipment=" + now).path("equipment").get(0).path("id").asString();
    assertThat(get("/api/v1/equipment/" + id + "/places").path("places")).hasSize(2);
  }

  private HttpResponse<String> moveNow(String from, String to, String reason) throws Exception {
    return move(Map.of("from", from, "to", to, "reason", reason), "admin");
  }

  @Test
  void correctionsFollowAMachineThatWasMoved() throws Exception {
    String id = "5a3f0c1e-0000-4000-8000-000000000007";
    String old = HALL + "line-4/lathe-07";
    String now = HALL + "line-5/lathe-07";
    equipment(old, id, at(0));
    tag(old + "#load", "double", "W", at(0));
    send(old + "#load", at(10), 1500);
    awaitSamples(old + "#load", 1);
    equipment(now, id, at(30));
    tag(now + "#load", "double", "kW", at(30));
    awaitUnit(now + "#load", "kW");
    send(now + "#load", at(40), 2);
    awaitSamples(now + "#load", 2);
    String range = "\"from\":\"%s\",\"to\":\"%s\"".formatted(at(0), at(60));

    correct(now + "#load", "\"kind\":\"replace\",\"time\":\"%s\",\"value\":1600".formatted(at(10)));
    assertThat(numbers(get(samples(now + "#load")).path("samples"), "value"))
        .as("written in the unit of its time, W")
        .containsExactly(1.6, 2.0);
    correct(now + "#load", "\"kind\":\"delete\"," + range);
    assertThat(get(samples(now + "#load")).path("samples")).isEmpty();
    assertThat(get(samples(now + "#load") + "&truth=raw").path("samples")).hasSize(2);
    correct(now + "#load", "\"kind\":\"restore\"," + range);
    assertThat(numbers(get(samples(now + "#load")).path("samples"), "value"))
        .containsExactly(1.5, 2.0);

    assertThat(corrections(now + "#load", ""))
        .as("newest first, in pages of one; a range lies at both addresses")
        .containsExactly("restore 1", "restore 2", "delete 1", "delete 2", "replace 1");
    assertThat(corrections(old + "#load", "")).as("an alias").hasSize(5);
    assertThat(corrections(now + "#load", "&from=%s&to=%s".formatted(rfc(at(5)), rfc(at(20)))))
        .as("of its first place")
        .containsExactly("restore 1", "delete 1", "replace 1");
    assertThat(
            service
                .get(
                    "/api/v1/corrections?cursor=17&tag=" + name(now + "#load"),
                    tokens.token("viewer"))
                .statusCode())
        .isEqualTo(400);
  }

  /** Their kinds, and at which of the two addresses they are, in pages of one. */
  private List<String> corrections(String tag, String range) {
    List<String> found = new ArrayList<>();
    String ask = "/api/v1/corrections?limit=1&tag=" + name(tag) + range;
    JsonNode page = get(ask);
    while (true) {
      for (JsonNode one : page.path("corrections")) {
        String begin = one.path("from").asString(one.path("time").asString());
        found.add(
            one.path("kind").asString() + (Instant.parse(begin).isBefore(at(30)) ? " 1" : " 2"));
      }
      assertThat(found).as("no page repeats another").hasSizeLessThan(20);
      if (page.path("next").isNull()) {
        return found;
      }
      page = get(ask + "&cursor=" + page.path("next").asString());
    }
  }

  @Test
  void correctionsCountWhereTheMachineWas() throws Exception {
    String id = "5a3f0c1e-0000-4000-8000-000000000010";
    String old = HALL + "line-12/drill-01#load";
    String now = HALL + "line-13/drill-01#load";
    movedByItsGateway(id, old, now);
    assertThat(numbers(get(samples(old) + "&places=as-was").path("samples"), "value"))
        .containsExactly(1500.0, 1600.0);

    correct(now, "\"kind\":\"delete\",\"time\":\"%s\"".formatted(at(10)));

    assertThat(numbers(get(samples(old) + "&places=as-was").path("samples"), "value"))
        .containsExactly(1600.0);
    assertThat(
            numbers(
                get(samples(old) + "&places=as-was&truth=raw&corrections=true").path("samples"),
                "value"))
        .containsExactly(1500.0, 1600.0);
    assertThat(
            get("/api/v1/aggregates?places=as-was&aggregate=Count&width=P10D&tag=%s&from=%s&to=%s"
                    .formatted(name(old), rfc(at(0)), rfc(at(60))))
                .path("series")
                .get(0)
                .path("buckets")
                .get(0)
                .path("values")
                .path("Count")
                .path("value")
                .asInt())
        .as("what counts is the same")
        .isEqualTo(1);
  }

  @Test
  void aCursorKeepsTheViewAndTheCorrectionsOfAllPlaces() throws Exception {
    String id = "5a3f0c1e-0000-4000-8000-000000000011";
    String old = HALL + "line-14/drill-02#load";
    String now = HALL + "line-15/drill-02#load";
    movedByItsGateway(id, old, now);
    String asWas = get(samples(old) + "&places=as-was&unit=kW&limit=1").path("next").asString();
    String asIs = get(samples(now) + "&limit=1").path("next").asString();

    correct(now, "\"kind\":\"delete\",\"time\":\"%s\"".formatted(at(20)));

    assertThat(numbers(get("/api/v1/samples?cursor=" + asIs).path("samples"), "value"))
        .as("with what had been said of the place before when the first page was asked for")
        .containsExactly(1.6, 2.0);
    assertThat(numbers(get(samples(now)).path("samples"), "value")).containsExactly(1.5, 2.0);
    JsonNode page = get("/api/v1/samples?cursor=" + asWas);
    assertThat(page.path("unit").asString()).isEqualTo("kW");
    assertThat(numbers(page.path("samples"), "value")).containsExactly(1.6);
    assertThat(get("/api/v1/samples?places=as-was&unit=kW&cursor=" + asWas)).isEqualTo(page);
    for (String other :
        List.of(
            "places=as-is&cursor=" + asWas,
            "unit=W&cursor=" + asWas,
            "places=as-was&cursor=" + asIs,
            "unit=kW&cursor=" + asIs)) {
      HttpResponse<String> refused =
          service.get("/api/v1/samples?" + other, tokens.token("viewer"));
      assertThat(refused.statusCode()).as(other).isEqualTo(400);
      assertThat(refused.body()).contains("the cursor belongs to");
    }
    assertThat(get(samples(now) + "&truth=raw&limit=3").path("next").isNull()).isTrue();
    String second = get(samples(now) + "&truth=raw&limit=2").path("next").asString();
    assertThat(numbers(get("/api/v1/samples?cursor=" + second).path("samples"), "value"))
        .containsExactly(2.0);
  }

  /** Two values in W at the old place, one in kW at the new one. */
  private void movedByItsGateway(String id, String old, String now) {
    equipment(path(old), id, at(0));
    tag(old, "double", "W", at(0));
    send(old, at(10), 1500, at(20), 1600);
    awaitSamples(old, 2);
    equipment(path(now), id, at(30));
    tag(now, "double", "kW", at(30));
    send(now, at(40), 2);
    Awaitility.await().atMost(PATIENCE).until(() -> get(samples(now)).path("samples").size() == 3);
  }

  @Test
  void annotationsFollowAMachineThatWasMoved() throws Exception {
    String id = "5a3f0c1e-0000-4000-8000-000000000008";
    String old = HALL + "line-10/press-02";
    String now = HALL + "line-11/press-02";
    equipment(old, id, at(0));
    tag(old + "#force", "double", "kN", at(0));
    send(old + "#force", at(10), 1);
    awaitSamples(old + "#force", 1);
    String first = annotate(old + "#force", at(10), "before");
    equipment(now, id, at(30));
    tag(now + "#force", "double", "kN", at(30));
    send(now + "#force", at(40), 2);
    awaitSamples(now + "#force", 2);
    String second = annotate(now + "#force", at(40), "after");
    String late = annotate(now + "#force", at(20), "about its past");
    // Another machine comes to the old place
    equipment(old, "5a3f0c1e-0000-4000-8000-000000000009", at(50));
    tag(old + "#force", "double", "kN", at(50));
    send(old + "#force", at(60), 9);
    awaitSamples(old + "#force", 1);
    String other = annotate(old + "#force", at(60), "of the other");

    String ofTag = "/api/v1/annotations?tag=";
    assertThat(texts(get(ofTag + name(now + "#force"))))
        .containsExactly("before", "about its past", "after");
    assertThat(texts(get(ofTag + name(old + "#force")))).containsExactly("of the other");
    assertThat(texts(get("/api/v1/annotations?equipment=" + HALL + "line-11")))
        .containsExactly("before", "about its past", "after");
    assertThat(texts(get("/api/v1/annotations?equipment=" + HALL + "line-10")))
        .containsExactly("of the other");
    for (String one : List.of(first, second, late)) {
      assertThat(get("/api/v1/annotations/" + one).path("tag").asString())
          .as("under its present path")
          .isEqualTo(now + "#force");
    }
    assertThat(get("/api/v1/annotations/" + other).path("tag").asString())
        .isEqualTo(old + "#force");
    JsonNode counted =
        get(
            "/api/v1/aggregates?aggregate=AnnotationCount&width=PT30S&tag=%1$s&origin=%2$s&from=%2$s&to=%3$s"
                .formatted(name(now + "#force"), rfc(at(0)), rfc(at(60))));
    assertThat(
            counted
                .path("series")
                .get(0)
                .path("buckets")
                .valueStream()
                .map(b -> b.path("values").path("AnnotationCount").path("value").asInt()))
        .containsExactly(2, 1);
  }

  private String annotate(String tag, Instant time, String text) throws Exception {
    return json.readTree(
            post(
                "/api/v1/annotations",
                "{\"tag\":\"%s\",\"from\":\"%s\",\"text\":\"%s\"}".formatted(tag, time, text)))
        .path("id")
        .asString();
  }

  private static List<String> texts(JsonNode page) {
    return page.path("annotations").valueStream().map(one -> one.path("text").asString()).toList();
  }

  private void correct(String tag, String what) throws Exception {
    post(
        "/api/v1/corrections",
        "{\"reason\":\"wrong range\",\"corrections\":[{\"tag\":\"%s\",%s}]}".formatted(tag, what));
  }

  private String post(String path, String body) throws Exception {
    HttpResponse<String> made =
        http.send(
            HttpRequest.newBuilder(service.uri(path))
                .header("Authorization", "Bearer " + tokens.token("admin"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return made.body();
  }

  @Test
  void aMachineThatItsGatewayMovedIsFollowed() {
    String id = "5a3f0c1e-0000-4000-8000-000000000002";
    String old = HALL + "line-4/saw-01";
    String now = HALL + "line-5/saw-01";
    equipment(old, id, at(0));
    tag(old + "#load", "double", "W", at(0));
    send(old + "#load", at(10), 1500);
    awaitSamples(old + "#load", 1);
    equipment(now, id, at(30));
    tag(now + "#load", "double", "kW", at(30));
    awaitUnit(now + "#load", "kW");
    send(now + "#load", at(40), 2);

    JsonNode all = awaitSamples(now + "#load", 2);
    assertThat(numbers(all.path("samples"), "value")).containsExactly(1.5, 2.0);
    assertThat(all.path("unit").asString()).isEqualTo("kW");
    assertThat(numbers(all.path("samples"), "version")).containsExactly(1.0, 2.0);
    assertThat(numbers(get(samples(now + "#load") + "&places=as-was").path("samples"), "value"))
        .containsExactly(2.0);
    assertThat(get("/api/v1/equipment?equipment=" + old + "&at=" + rfc(at(15))).path("equipment"))
        .hasSize(1);
    assertThat(event(EventTypes.EQUIPMENT_MOVED, "line-5/saw-01").path("movedBy").isNull())
        .isTrue();
    send(old + "#load", at(20), 1600);
    assertThat(numbers(awaitSamples(now + "#load", 3).path("samples"), "value"))
        .as("late values belong to the machine that had the address then")
        .containsExactly(1.5, 1.6, 2.0);
  }

  @Test
  void movesThatMakeNoSenseAreRefused() throws Exception {
    String one = HALL + "line-6/a";
    String other = HALL + "line-6/b";
    equipment(one, "5a3f0c1e-0000-4000-8000-000000000003", at(0));
    equipment(other, "5a3f0c1e-0000-4000-8000-000000000004", at(0));

    assertThat(move(one, other, at(10), "swap", "admin").body()).contains("place-taken");
    assertThat(move(HALL + "none", other, at(10), "x", "admin").statusCode()).isEqualTo(404);
    assertThat(move(one, one + "/part", at(10), "x", "admin").statusCode()).isEqualTo(400);
    assertThat(move(one, HALL + "line-7/a", at(10), "", "admin").statusCode()).isEqualTo(400);
    assertThat(
            move(one, HALL + "line-7/a", Instant.now().plusSeconds(3_600), "x", "admin")
                .statusCode())
        .isEqualTo(400);
    assertThat(move(one, HALL + "line-7/a", at(10), "x", "viewer").statusCode()).isEqualTo(403);
    assertThat(move(HALL + "line-6", HALL + "line-8", at(10), "a new line", "admin").statusCode())
        .isEqualTo(201);
    assertThat(
            get("/api/v1/equipment?equipment=" + HALL + "line-8")
                .path("equipment")
                .get(0)
                .path("children"))
        .hasSize(2);
    assertThat(move(HALL + "line-8/a", HALL + "line-7/a", at(5), "x", "admin").statusCode())
        .as("before it came to line 8")
        .isEqualTo(409);
  }

  @Test
  void tagsAreFoundByWhatTheyAre() {
    String press = HALL + "line-9/press-01";
    tag(press + "#force", "double", "kN", at(0), "maintenance", "enterprise");
    tag(press + "#on", "boolean", "1", at(0), "maintenance", "site");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get("/api/v1/tags?equipment=" + press).path("tags").size() == 2);

    assertThat(found("equipment=" + press + "&owner=maintenance&unit=kN"))
        .containsExactly(press + "#force");
    assertThat(found("equipment=" + press + "&owner=maintenance&dataClass=site"))
        .containsExactly(press + "#on");
    assertThat(found("equipment=" + press + "&owner=maintenance&type=boolean"))
        .containsExactly(press + "#on");
    assertThat(found("equipment=" + press + "&owner=maintenance&limit=1")).hasSize(1);
    assertThat(service.get("/api/v1/tags?type=float", tokens.token("viewer")).statusCode())
        .isEqualTo(400);
    int id =
        get("/api/v1/tags?search=" + name(press + "#force")).path("tags").get(0).path("id").asInt();
    assertThat(get("/api/v1/tags/" + id + "/versions").path("versions")).hasSize(1);
  }

  private List<String> found(String query) {
    return get("/api/v1/tags?" + query)
        .path("tags")
        .valueStream()
        .map(tag -> tag.path("tag").asString())
        .toList();
  }

  private Instant at(int seconds) {
    return base.plusSeconds(seconds);
  }

  private static String rfc(Instant time) {
    return time.toString().replace("Z", ".000000Z");
  }

  private static String path(String tag) {
    return tag.substring(0, tag.indexOf('#'));
  }

  private static Sample sample(SampleValue value, Instant time) {
    return new Sample(value, StatusCode.GOOD, micros(time), 0);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private void send(String tag, Object... timesAndValues) {
    double[] numbers =
        IntStream.range(0, timesAndValues.length)
            .mapToDouble(
                i ->
                    timesAndValues[i] instanceof Instant time
                        ? micros(time)
                        : ((Number) timesAndValues[i]).doubleValue())
            .toArray();
    plant.send(Topic.TELEMETRY, doubles(path(tag), tag.substring(tag.indexOf('#') + 1), numbers));
  }

  /** Announces it, and waits: what is announced and what is measured come on different topics. */
  private void tag(String tag, String type, String unit, Instant time) {
    tag(tag, type, unit, time, null, "site");
  }

  private void tag(
      String tag, String type, String unit, Instant time, @Nullable String owner, String data) {
    announce(
        tag,
        EventTypes.TAG_ANNOUNCED,
        time,
        new TagAnnounced(
            path(tag),
            tag.substring(tag.indexOf('#') + 1),
            type,
            unit,
            "process-value",
            null,
            null,
            null,
            data,
            owner));
    Awaitility.await().atMost(PATIENCE).until(() -> found("search=" + name(tag)).contains(tag));
  }

  private void equipment(String path, @Nullable String id, Instant time) {
    announce(
        path,
        EventTypes.EQUIPMENT_ANNOUNCED,
        time,
        new EquipmentAnnounced(path, id, "WORK_UNIT", "acme:graz", "gw-1"));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get("/api/v1/equipment?equipment=" + path).path("equipment").size() == 1);
  }

  private void announce(String key, String type, Instant time, Object body) {
    var record =
        new ProducerRecord<>(Topic.EQUIPMENT.topicName(), key, json.writeValueAsString(body));
    Map.of("ce_type", type, "ce_time", time.toString())
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(record);
    producer.flush();
  }

  private void awaitUnit(String tag, String unit) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> found("search=" + name(tag) + "&unit=" + unit).contains(tag));
  }

  private void awaitVersion(String tag, int version) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("/api/v1/tags?search=" + name(tag))
                    .path("tags")
                    .valueStream()
                    .anyMatch(found -> found.path("version").asInt() == version));
  }

  private HttpResponse<String> move(
      String from, String to, Instant time, String reason, String role) throws Exception {
    return move(Map.of("from", from, "to", to, "time", time.toString(), "reason", reason), role);
  }

  private HttpResponse<String> move(Map<String, String> report, String role) throws Exception {
    return http.send(
        HttpRequest.newBuilder(service.uri("/api/v1/equipment/moves"))
            .header("Authorization", "Bearer " + tokens.token(role))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(report)))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode event(String type, String text) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (var record : events()) {
                String told =
                    new String(
                        record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
                if (told.equals(type) && record.value().contains(text)) {
                  return json.readTree(record.value());
                }
              }
              return json.nullNode();
            },
            found -> !found.isNull());
  }

  private List<ConsumerRecord<String, String>> events() {
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topic.MACHINE_EVENTS.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found;
  }

  private JsonNode awaitSamples(String tag, int count) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> json.readTree(service.get(samples(tag), tokens.token("viewer")).body()),
            page -> page.path("samples").size() == count);
  }

  private String samples(String tag) {
    return "/api/v1/samples?tag=" + name(tag) + "&from=" + rfc(base);
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = service.get(path, tokens.token("viewer"));
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private SampleStreamReader bulk(String path) throws Exception {
    return new SampleStreamReader(
        http.send(
                HttpRequest.newBuilder(service.uri(path))
                    .header("Authorization", "Bearer " + tokens.token("viewer"))
                    .header("Accept", SampleStream.MEDIA_TYPE)
                    .build(),
                BodyHandlers.ofInputStream())
            .body());
  }

  private String csv(String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(service.uri(path))
                .header("Authorization", "Bearer " + tokens.token("viewer"))
                .header("Accept", "text/csv")
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static List<Double> numbers(JsonNode list, String property) {
    return list.valueStream().map(node -> node.path(property).asDouble()).toList();
  }

  private static String name(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }
}
