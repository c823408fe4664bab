package io.linewright.ingest.app.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.PlantTraffic;
import io.linewright.kit.problem.RefusedException;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

/**
 * Nights of a plant in which machines stand still, die, move and lose their samples to the
 * retention. Every tag is expected each minute; samples of data class site are kept for two days.
 */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class QualityPlantFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ROOT = "acme/graz/";
  private static final long MINUTE = 60_000_000;
  private static final int MINUTES = 1_440;

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();

  /** The newest day that the night of now judges. */
  private final LocalDate day =
      Instant.now().minus(Duration.ofHours(1)).atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);

  private TestKafka kafka;
  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;
  private KafkaProducer<String, String> producer;
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
    kafka = TestKafka.start();
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
    List<String> properties = new ArrayList<>(properties());
    properties.add("linewright.service.instance=quality-plant");
    properties.add("linewright.ingest.retention.site=2d");
    properties.add("linewright.ingest.retention.interval=200ms");
    properties.add("linewright.ingest.rollups.interval=200ms");
    properties.add("linewright.ingest.rollups.settle=0s");
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            database(servers),
            tokens,
            properties.toArray(String[]::new));
    jdbc = service.context().getBean(JdbcClient.class);
    service.context().getBean(QualityThread.class).stop();
  }

  @AfterAll
  void stop() throws Exception {
    service.close();
    producer.close();
    plant.close();
    tokens.close();
    kafka.close();
    http.close();
  }

  @Test
  void standingStillIsNoLossAndSilenceIs() {
    String line = ROOT + "life/line-1/";
    for (String tag : List.of("press-01#position", "press-01#dial", "silent-01#position")) {
      tag(line + tag, "process-value");
    }
    tag(line + "press-01#beat", "heartbeat");
    equipment(line + "guarded-01", null, before(5), "gw-q1");
    equipment(line + "lossy-01", null, before(5), "gw-q1");
    tag(line + "guarded-01#position", "process-value");
    tag(line + "lossy-01#position", "process-value");
    tag(ROOT + "gw-q1#health/canary", "heartbeat", null, "enterprise", null, before(5));
    minutes(line + "press-01#beat", day, 0, MINUTES);
    minutes(ROOT + "gw-q1#health/canary", day, 0, MINUTES);
    for (String device : List.of("press-01", "silent-01", "guarded-01", "lossy-01")) {
      minutes(line + device + "#position", day, 0, 1);
    }
    minutes(line + "press-01#dial", day, 0, 1);
    Sample bad = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, micros(day) + 360 * MINUTE, 0);
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        PlantTraffic.batch(line + "press-01", "dial", DataType.DOUBLE, List.of(bad)));
    awaitSamples(line + "press-01#dial", 2);
    jdbc.sql(
            "INSERT INTO loss (source, equipment, lost_from, lost_to, reason, told_at)"
                + " VALUES ('test', ?, ?, ?, 'the log was full', now())")
        .params(
            line + "lossy-01",
            at(day).plusSeconds(6 * 3_600).atOffset(ZoneOffset.UTC),
            at(day).plusSeconds(12 * 3_600).atOffset(ZoneOffset.UTC))
        .update();
    night();

    JsonNode still = row(line + "press-01#position");
    assertThat(still.path("samples").asInt()).isOne();
    assertThat(still.path("expected").asInt()).isEqualTo(MINUTES);
    assertThat(still.path("missing").asInt()).isZero();
    assertThat(still.path("unchanged").asInt()).isEqualTo(MINUTES - 1);
    assertThat(completeness(still)).isOne();
    assertThat(completeness(row(line + "press-01#beat"))).isOne();
    JsonNode dial = row(line + "press-01#dial");
    assertThat(dial.path("missing").asInt()).as("Bad from six on").isEqualTo(MINUTES - 361);
    assertThat(completeness(row(line + "silent-01#position"))).isLessThan(0.01);
    assertThat(completeness(row(line + "guarded-01#position")))
        .as("the gateway lives and has not told that the tag is Bad")
        .isOne();
    assertThat(row(line + "lossy-01#position").path("missing").asInt())
        .as("from six to noon values are known to be lost")
        .isBetween(359, 361);
    JsonNode asked = get("?tag=" + name(line + "press-01#position") + "&day=" + day);
    assertThat(asked.path("unchanged").asInt()).isEqualTo(MINUTES - 1);
    assertThat(asked.path("version").asInt()).isOne();
  }

  @Test
  void whatWasSaidLongAgoHoldsUntilSomethingElseIsSaid() {
    String press = ROOT + "long/line-1/press-01";
    equipment(press, null, before(25), "gw-q0");
    for (String name : List.of("set", "broken", "back", "gone", "never")) {
      tag(press + "#" + name, "process-value");
    }
    tag(press + "#beat", "heartbeat");
    String quiet = ROOT + "long/line-1/press-02";
    equipment(quiet, null, before(25), "gw-q3");
    tag(quiet + "#set", "process-value");
    minutes(quiet + "#set", day.minusDays(20), 0, 1);
    minutes(ROOT + "gw-q3#health/canary", day, 0, MINUTES);
    minutes(press + "#beat", day, 0, MINUTES);
    minutes(press + "#set", day.minusDays(20), 0, 1);
    minutes(press + "#back", day.minusDays(20), 0, 1);
    minutes(press + "#back", day, MINUTES / 2, MINUTES / 2 + 1);
    Sample bad =
        new Sample(null, StatusCode.BAD_NO_COMMUNICATION, micros(day.minusDays(20)) + MINUTE, 0);
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        PlantTraffic.batch(press, "broken", DataType.DOUBLE, List.of(bad)));
    awaitSamples(press + "#broken", 1);
    jdbc.sql(
            """
            INSERT INTO last_value (tag_id, source_time)
            SELECT t.id, coalesce(max(s.source_time), ?) FROM tag t
            LEFT JOIN sample s ON s.tag_id = t.id
            WHERE t.path = ? AND t.name <> 'never' GROUP BY t.id
            ON CONFLICT DO NOTHING
            """)
        .params(before(100).atOffset(ZoneOffset.UTC), press)
        .update();
    jdbc.sql("UPDATE tag SET first_seen = ? WHERE path IN (?, ?)")
        .params(before(25).atOffset(ZoneOffset.UTC), press, quiet)
        .update();
    night();

    assertThat(row(press + "#set").path("unchanged").asInt()).isEqualTo(MINUTES);
    assertThat(row(press + "#set").path("missing").asInt()).isZero();
    assertThat(row(press + "#gone").path("unchanged").asInt())
        .as("with the retention")
        .isEqualTo(MINUTES);
    assertThat(row(press + "#back").path("unchanged").asInt()).isEqualTo(MINUTES - 1);
    assertThat(row(press + "#broken").path("missing").asInt()).as("Bad").isEqualTo(MINUTES);
    assertThat(row(press + "#never").path("missing").asInt())
        .as("of a machine that lives")
        .isEqualTo(MINUTES);
    JsonNode plant = get("/plant?day=" + day + "&equipment=" + quiet);
    assertThat(plant.path("assetsConnected").asInt()).as("by its gateway").isOne();
    assertThat(plant.path("availabilityPercent").asDouble()).isEqualTo(100);
  }

  @Test
  void whatTheBridgeSaysOfAGatewayIsNoSignOfItsLife() {
    String gateway = ROOT + "gw-q2";
    tag(gateway + "#load", "process-value");
    tag(gateway + "#online", "process-value");
    minutes(gateway + "#load", day, 0, 1);
    minutes(gateway + "#online", day, 0, MINUTES);
    night();

    assertThat(row(gateway + "#load").path("missing").asInt()).isGreaterThan(MINUTES - 5);
  }

  @Test
  void aBreachThatEndsIsTold() {
    String device = ROOT + "told/line-1/saw-01";
    tag(device + "#speed", "process-value");
    tag(device + "#beat", "heartbeat");
    relax(device + "#speed");
    relax(device + "#beat");
    minutes(device + "#speed", day.minusDays(1), 0, MINUTES);
    minutes(device + "#speed", day, 0, 1);
    minutes(device + "#beat", day, 0, MINUTES / 2);
    night();
    assertThat(events(device, "speed")).containsExactly(day + ".1 [\"completeness\"]");

    minutes(device + "#beat", day, MINUTES / 2, MINUTES);
    night();
    assertThat(row(device + "#speed").path("version").asInt())
        .as("signs of life came late, of a tag with as many samples as before")
        .isEqualTo(2);
    assertThat(events(device, "speed"))
        .containsExactly(day + ".1 [\"completeness\"]", day + ".2 []");

    String other = ROOT + "told/line-1/saw-02#speed";
    tag(other, "process-value");
    relax(other);
    minutes(other, day.minusDays(2), 0, MINUTES / 2);
    minutes(other, day.minusDays(1), 0, MINUTES / 2);
    minutes(other, day, 0, MINUTES);
    night();
    String begun = day.minusDays(2) + ".1 [\"completeness\"]";
    String ended = day + ".1 []";
    assertThat(events(path(other), "speed")).containsExactly(begun, ended);
    minutes(other, day.minusDays(2), MINUTES / 2, MINUTES);
    night();
    assertThat(events(path(other), "speed"))
        .as("the second day was not told by itself before")
        .containsExactly(
            begun, ended, day.minusDays(2) + ".2 []", day.minusDays(1) + ".1 [\"completeness\"]");
  }

  @Test
  void deadMachinesAreNotConnected() {
    String line = ROOT + "dead/line-1";
    for (int i = 1; i <= 4; i++) {
      tag(line + "/mill-0" + i + "#speed", "process-value", null, "enterprise", null, before(5));
    }
    minutes(line + "/mill-01#speed", day, 0, 10);
    Sample bad = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, micros(day), 0);
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        PlantTraffic.batch(line + "/mill-02", "speed", DataType.DOUBLE, List.of(bad)));
    awaitSamples(line + "/mill-02#speed", 1);
    night();

    JsonNode whole = get("/plant?day=" + day + "&equipment=" + line);
    assertThat(whole.path("tags").asInt()).as("with samples").isEqualTo(2);
    assertThat(whole.path("assets").asInt()).isEqualTo(4);
    assertThat(whole.path("assetsConnected").asInt()).isOne();
    assertThat(whole.path("assetsConnectedPercent").asDouble()).isEqualTo(25);
    assertThat(get("/plant?day=" + day.minusDays(9) + "&equipment=" + line).path("assets").asInt())
        .as("nothing was there yet")
        .isZero();
  }

  @Test
  void nothingIsExpectedOfADayOnWhichTheTagWasNotThere() {
    String young = ROOT + "young/line-1/lathe-01#speed";
    String added = ROOT + "young/line-1/lathe-01#torque";
    String left = ROOT + "young/line-1/lathe-02#speed";
    for (String tag : List.of(young, added, left)) {
      tag(tag, "process-value");
    }
    jdbc.sql("UPDATE tag SET first_seen = ? WHERE path || '#' || name IN (?, ?)")
        .params(before(5).atOffset(ZoneOffset.UTC), young, left)
        .update();
    jdbc.sql("UPDATE equipment_path SET valid_to = ? WHERE path = ?")
        .params(before(1).atOffset(ZoneOffset.UTC), path(left))
        .update();
    night();

    assertNothingExpected(young, LocalDate.of(2020, 1, 1));
    assertNothingExpected(added, day);
    assertNothingExpected(left, day.minusDays(1));
    assertNothingExpected(left, day);
    JsonNode there = get("?tag=" + name(left) + "&day=" + day.minusDays(2));
    assertThat(there.path("missing").asInt()).as("while it was there").isEqualTo(MINUTES);
    assertThat(there.path("breaches").toString()).isEqualTo("[\"completeness\"]");
    assertThat(results(path(left), day.minusDays(2))).hasSize(1);
    assertThat(results(path(young), day)).as("of two tags").hasSize(1);
  }

  private void assertNothingExpected(String tag, LocalDate of) {
    JsonNode asked = get("?tag=" + name(tag) + "&day=" + of);
    assertThat(asked.path("samples").asInt()).as(tag + " " + of).isZero();
    assertThat(asked.path("expected").asInt()).as(tag + " " + of).isZero();
    assertThat(asked.path("missing").asInt()).as(tag + " " + of).isZero();
    assertThat(asked.path("score").isNull()).as(tag + " " + of).isTrue();
    assertThat(asked.path("breaches")).as(tag + " " + of).isEmpty();
    assertThat(results(path(tag), of).valueStream().map(row -> row.path("tag").asString()))
        .doesNotContain(tag);
  }

  @Test
  void samplesThatHaveGoneLeaveTheirJudgementAsItWas() {
    String press = ROOT + "gone/line-1/press-01";
    String tag = press + "#force";
    LocalDate old = day.minusDays(2);
    tag(tag, "process-value");
    relax(tag);
    minutes(tag, old, 0, MINUTES);
    night();
    JsonNode judged = row(tag, old);
    assertThat(judged.path("version").asInt()).isOne();
    assertThat(completeness(judged)).isOne();

    tag(tag, "process-value", 60_000L, "site", null, before(5));
    awaitSamples(tag, 0);
    night();

    assertThat(row(tag, old)).as("judged while all samples were there").isEqualTo(judged);
    assertThat(events(press, "force")).isEmpty();
    JsonNode asked = get("?tag=" + name(tag) + "&day=" + old);
    assertThat(asked.path("version").asInt()).isOne();
    assertThat(asked.path("samples").asInt()).isEqualTo(MINUTES);
    assertThat(asked.path("computedAt")).isEqualTo(judged.path("computedAt"));
    assertThat(
            get("/plant?day=" + old + "&equipment=" + press).path("availabilityPercent").asDouble())
        .isCloseTo(100, within(0.2));
    HttpResponse<String> never = ask("?tag=" + name(tag) + "&day=" + old.minusDays(1));
    assertThat(never.statusCode()).isEqualTo(404);
    assertThat(never.body()).contains("are kept from");
  }

  @Test
  void judgementsFollowEquipmentThatPeopleMoved() {
    String old = ROOT + "moved/line-1/mill-01";
    String now = ROOT + "moved/line-2/mill-09";
    tag(old + "#speed", "process-value");
    relax(old + "#speed");
    minutes(old + "#speed", day, 0, MINUTES / 2);
    String report =
        json.writeValueAsString(Map.of("from", old, "to", now, "reason", "hall 2 has room"));
    assertThat(send("POST", "/api/v1/equipment/moves", report, tokens.token("admin")).statusCode())
        .isEqualTo(201);
    night();

    assertThat(row(now + "#speed").path("breaches").toString()).contains("completeness");
    assertThat(results(old, day)).isEmpty();
    assertThat(get("/plant?day=" + day + "&equipment=" + now).path("assets").asInt()).isOne();
    assertThat(get("/plant?day=" + day + "&equipment=" + old).path("assets").asInt()).isZero();
    assertThat(events(now, "speed")).hasSize(1);
    assertThat(events(old, "speed")).isEmpty();
    assertThat(get("?tag=" + name(old + "#speed") + "&day=" + day).path("tag").asString())
        .as("the old path is an alias")
        .isEqualTo(now + "#speed");
  }

  @Test
  void judgementsAndBoundsFollowEquipmentWhoseGatewayMovedIt() {
    String id = "5a3f0c1e-0000-4000-8000-0000000000a1";
    String old = ROOT + "moved/line-3/lathe-01";
    String now = ROOT + "moved/line-4/lathe-01";
    equipment(old, id, before(5), "gw-1");
    tag(old + "#load", "process-value");
    relax(old + "#load");
    minutes(old + "#load", day.minusDays(1), 0, MINUTES);
    equipment(now, id, at(day), "gw-1");
    tag(now + "#load", "process-value", 60_000L, "enterprise", null, at(day));
    minutes(now + "#load", day, 0, MINUTES);
    night();

    assertThat(results(now, day.minusDays(1))).hasSize(1);
    assertThat(results(now, day)).hasSize(1);
    assertThat(results(old, day)).as("nothing is expected there any more").isEmpty();
    assertThat(row(now + "#load").path("breaches")).as("by bounds of its own").isEmpty();
    JsonNode asked = get("?tag=" + name(now + "#load") + "&day=" + day.minusDays(1));
    assertThat(asked.path("samples").asInt()).isEqualTo(MINUTES);
    assertThat(asked.path("version").asInt()).isOne();
    assertThat(events(now, "load")).isEmpty();
    assertThat(events(old, "load")).isEmpty();
  }

  @Test
  void theDaysOfATagAreListedWhereverItsEquipmentWas() {
    String id = "5a3f0c1e-0000-4000-8000-0000000000a4";
    String old = ROOT + "moved/line-7/lathe-01";
    String now = ROOT + "moved/line-8/lathe-01";
    equipment(old, id, before(5), "gw-1");
    tag(old + "#load", "process-value");
    relax(old + "#load");
    minutes(old + "#load", day.minusDays(2), 0, MINUTES / 2);
    minutes(old + "#load", day.minusDays(1), 0, MINUTES);
    equipment(now, id, at(day), "gw-1");
    tag(now + "#load", "process-value", 60_000L, "enterprise", null, at(day));
    relax(now + "#load");
    minutes(now + "#load", day, 0, MINUTES);
    equipment(old, "5a3f0c1e-0000-4000-8000-0000000000a5", at(day), "gw-1");
    minutes(old + "#load", day, 0, MINUTES / 2);
    night();

    String month = "&from=" + day.minusDays(30) + "&to=" + day.plusDays(1);
    String question = "/results?tag=" + name(now + "#load") + month;
    assertThat(get(question).has("day")).as("of many days").isFalse();
    List<JsonNode> days = get(question).path("results").valueStream().toList();
    assertThat(days)
        .as("as the lists of the days have them")
        .containsExactly(
            row(now + "#load", day.minusDays(2)),
            row(now + "#load", day.minusDays(1)),
            row(now + "#load", day));
    assertThat(days.stream().map(one -> one.path("day").asString()))
        .containsExactly(day.minusDays(2).toString(), day.minusDays(1).toString(), day.toString());
    assertThat(days).allMatch(one -> one.path("delaySeconds").asDouble() > 0);
    assertThat(pages(question + "&limit=1")).isEqualTo(days);
    assertThat(pages(question + "&limit=2")).isEqualTo(days);
    assertThat(get(question + "&breached=true").path("results").valueStream().toList())
        .containsExactly(days.getFirst());
    String second = "&from=" + day.minusDays(1) + "&to=" + day;
    assertThat(get("/results?tag=" + name(now + "#load") + second).path("results").valueStream())
        .containsExactly(days.get(1));
    assertThat(get("/results?tag=" + name(old + "#load") + month).path("results").valueStream())
        .as("what has come there since")
        .containsExactly(row(old + "#load", day));

    String tag = "/results?tag=" + name(now + "#load");
    for (String wrong :
        List.of(
            "/results",
            "/results?from=" + day + "&to=" + day.plusDays(1),
            "/results?day=" + day + "&to=" + day.plusDays(1),
            tag,
            tag + "&day=" + day,
            tag + "&from=" + day,
            tag + month + "&day=" + day,
            tag + month + "&equipment=" + now,
            tag + month + "&cursor=x",
            tag + month + "&cursor=" + name("load 7"),
            tag + "&from=" + day + "&to=" + day,
            tag + "&from=1899-12-31&to=" + day,
            tag + "&from=" + day + "&to=" + name("+999999999-12-31"))) {
      assertThat(ask(wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(ask("/results?tag=" + name(ROOT + "nowhere#load") + month).statusCode())
        .isEqualTo(404);
  }

  @Test
  void pagesOfADayHaveEveryTagOnce() {
    String line = ROOT + "pages/line-1";
    List<String> tags = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      for (String name : List.of("speed", "load")) {
        tags.add(line + "/saw-0" + i + "#" + name);
      }
    }
    for (String tag : tags) {
      tag(tag, "process-value");
      if (tag.endsWith("#speed")) {
        relax(tag); // the others come too late
      }
      minutes(tag, day, 0, tag.endsWith("#speed") ? MINUTES : 10);
    }
    String moved = line + "-new/saw-09";
    String report =
        json.writeValueAsString(
            Map.of("from", line + "/saw-01", "to", moved, "reason", "hall 2 has room"));
    assertThat(send("POST", "/api/v1/equipment/moves", report, tokens.token("admin")).statusCode())
        .isEqualTo(201);
    tags.removeIf(tag -> tag.contains("/saw-01#"));
    night();

    String below = "/results?day=" + day + "&equipment=" + line;
    for (int limit : List.of(1, 3, 8, 9)) {
      assertThat(keys(pages(below + "&limit=" + limit)))
          .as("limit " + limit)
          .containsExactlyElementsOf(tags.stream().sorted().toList());
    }
    assertThat(keys(pages(below + "&limit=2&breached=true")))
        .containsExactlyElementsOf(
            tags.stream().filter(tag -> tag.endsWith("#load")).sorted().toList());
    assertThat(keys(pages("/results?day=" + day + "&equipment=" + moved + "&limit=1")))
        .containsExactly(moved + "#load", moved + "#speed");
    List<String> all = keys(pages("/results?limit=7&day=" + day));
    assertThat(all).containsAll(tags).contains(moved + "#load").isSorted();
    assertThat(all).isEqualTo(keys(pages("/results?limit=1000&day=" + day)));
    assertThat(all)
        .hasSize(
            jdbc.sql("SELECT count(*) FROM data_quality WHERE day = ?")
                .param(day)
                .query(Integer.class)
                .single());
    tag(line + "/saw-03#angle", "process-value");
    minutes(line + "/saw-03#angle", day, 0, 10);
    night();
    assertThat(keys(pages(below + "&limit=4")))
        .as("a new tag is on it, too")
        .hasSize(9)
        .contains(line + "/saw-03#angle");
  }

  private static List<String> keys(List<JsonNode> rows) {
    return rows.stream().map(row -> row.path("tag").asString()).toList();
  }

  /** The rows of all pages, one after the other. */
  private List<JsonNode> pages(String question) {
    List<JsonNode> rows = new ArrayList<>();
    JsonNode page = get(question);
    while (!page.path("next").isNull()) {
      rows.addAll(page.path("results").valueStream().toList());
      page = get(question + "&cursor=" + name(page.path("next").asString()));
    }
    rows.addAll(page.path("results").valueStream().toList());
    return rows;
  }

  @Test
  void aBreachEndsWhereverTheEquipmentIsThen() {
    String id = "5a3f0c1e-0000-4000-8000-0000000000a2";
    String old = ROOT + "moved/line-5/drill-01";
    String now = ROOT + "moved/line-6/drill-01";
    equipment(old, id, before(5), "gw-1");
    tag(old + "#load", "process-value");
    relax(old + "#load");
    minutes(old + "#load", day.minusDays(1), 0, MINUTES / 2);
    equipment(now, id, at(day), "gw-1");
    tag(now + "#load", "process-value", 60_000L, "enterprise", null, at(day));
    relax(now + "#load");
    minutes(now + "#load", day, 0, MINUTES);
    equipment(old, "5a3f0c1e-0000-4000-8000-0000000000a3", at(day.plusDays(1)), "gw-1");
    night();

    String begun = day.minusDays(1) + ".1 [\"completeness\"]";
    assertThat(events(now, "load")).containsExactly(begun, day + ".1 []");
    assertThat(events(old, "load")).as("what has come there since").isEmpty();

    minutes(old + "#load", day.minusDays(1), MINUTES / 2, MINUTES);
    night();
    assertThat(events(now, "load"))
        .as("the day after was as the first one is now, and is told already")
        .containsExactly(begun, day + ".1 []", day.minusDays(1) + ".2 []");
  }

  @Test
  void boundsAreChangedByThoseWhoMayAndItIsKeptWhoDid() {
    String tag = ROOT + "rules/line-1/oven-01#temperature";
    tag(tag, "process-value");
    String path = "/api/v1/data-quality/rules?tag=" + name(tag);
    String body = "{\"least\":{\"validity\":0.5}}";
    String eve = tokens.tokenOf("eve", List.of(ROOT + "painting"), "admin");
    String ann = tokens.tokenOf("ann", List.of(ROOT + "rules"), "admin");

    HttpResponse<String> elsewhere = send("PUT", path, body, eve);
    assertThat(elsewhere.statusCode()).isEqualTo(404);
    assertThat(elsewhere.body()).contains("no tag");
    assertThat(send("DELETE", path, "", eve).statusCode()).isEqualTo(404);
    assertThat(send("PUT", path, body, tokens.token("operator")).statusCode()).isEqualTo(403);
    String changes = "/rules/changes?tag=" + name(tag);
    assertThat(get(changes).path("changes")).isEmpty();

    assertThat(send("PUT", path, body, ann).statusCode()).isEqualTo(200);
    assertThat(send("DELETE", path, "", tokens.token("admin")).statusCode()).isEqualTo(204);
    assertThat(send("DELETE", path, "", ann).statusCode()).as("nothing to drop").isEqualTo(204);

    JsonNode kept = get(changes).path("changes");
    assertThat(kept).hasSize(2);
    assertThat(get(changes).path("next").isNull()).isTrue();
    JsonNode newest = get(changes + "&limit=1");
    assertThat(newest.path("changes").valueStream()).containsExactly(kept.get(0));
    String cursor = "&limit=1&cursor=" + name(newest.path("next").asString());
    assertThat(get(changes + cursor).path("changes").valueStream()).containsExactly(kept.get(1));
    assertThat(get(changes + cursor).path("next").isNull()).isTrue();
    assertThat(ask(changes + "&limit=1").headers().firstValue("Link"))
        .hasValueSatisfying(link -> assertThat(link).contains("limit=1&cursor="));
    assertThat(ask(changes + "&cursor=x").statusCode()).isEqualTo(400);
    assertThat(kept.get(0).path("changedBy").asString()).isEqualTo("test");
    assertThat(kept.get(0).path("before").path("least").path("validity").asDouble()).isEqualTo(0.5);
    assertThat(kept.get(0).path("after").isNull()).isTrue();
    assertThat(kept.get(1).path("changedBy").asString()).isEqualTo("ann");
    assertThat(kept.get(1).path("before").isNull()).isTrue();
    assertThat(get("/rules?tag=" + name(tag)).path("least").path("validity").asDouble())
        .isEqualTo(0.95);
  }

  @Test
  void questionsHaveBounds() {
    String tag = ROOT + "bounds/line-1/oven-01#temperature";
    tag(tag, "process-value");
    String oven = "?tag=" + name(tag) + "&day=";
    for (String wrong :
        List.of("-999999999-01-01", name("+999999999-12-31"), "1899-12-31", "2999-01-01", "x")) {
      for (String path : List.of(oven, "/results?day=", "/plant?day=")) {
        HttpResponse<String> answer = ask(path + wrong);
        assertThat(answer.statusCode()).as(path + wrong).isEqualTo(400);
        assertThat(answer.body()).contains("day must");
      }
    }
    assertThat(ask(oven + "1900-01-01").statusCode()).isEqualTo(200);
    assertThat(ask(oven + LocalDate.now(ZoneOffset.UTC)).statusCode()).isEqualTo(200);
    LocalDate tomorrow =
        LocalDate.ofInstant(Instant.now().plus(Duration.ofHours(25)), ZoneOffset.UTC);
    for (String path : List.of(oven, "/results?day=", "/plant?day=")) {
      HttpResponse<String> tooEarly = ask(path + tomorrow);
      assertThat(tooEarly.statusCode()).as(path).isEqualTo(400);
      assertThat(tooEarly.body()).contains("day must not lie after today");
    }
    assertThat(ask("/results?cursor=x&day=" + day).statusCode()).isEqualTo(400);

    Questions questions = service.context().getBean(Questions.class);
    HttpResponse<String> busy = questions.ask(one -> questions.ask(two -> ask(oven + day)));
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.body()).contains("too-busy");
    assertThat(busy.headers().firstValue("Retry-After")).hasValue("5");
    assertThatThrownBy(() -> questions.ask(limit -> sleeping()))
        .as("the database breaks it off")
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("were not read within");
    assertThat(ask(oven + day).statusCode()).isEqualTo(200);
  }

  private List<Integer> sleeping() {
    return jdbc.sql("SELECT pg_sleep(30)").withQueryTimeout(1).query((row, n) -> n).list();
  }

  /** The night of now once more. */
  private void night() {
    QualityDesk desk = service.context().getBean(QualityDesk.class);
    desk.look(); // The first night of an installation is the next one
    jdbc.sql("UPDATE data_quality_night SET done = false, last_tag = 0").update();
    desk.look();
  }

  private JsonNode row(String tag) {
    return row(tag, day);
  }

  private JsonNode row(String tag, LocalDate of) {
    return results(path(tag), of)
        .valueStream()
        .filter(row -> row.path("tag").asString().equals(tag))
        .findFirst()
        .orElseThrow(() -> new AssertionError(tag + " was not judged"));
  }

  private JsonNode results(String equipment, LocalDate of) {
    return get("/results?day=" + of + "&equipment=" + equipment).path("results");
  }

  private static double completeness(JsonNode row) {
    return row.path("parts").path("completeness").asDouble();
  }

  /** Everything comes late in these tests. */
  private void relax(String tag) {
    String path = "/api/v1/data-quality/rules?tag=" + name(tag);
    HttpResponse<String> set =
        send("PUT", path, "{\"least\":{\"timeliness\":0}}", tokens.token("admin"));
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
  }

  /** What was told of a tag, in that order: day, version and breaches. */
  private List<String> events(String machine, String tag) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single() == 0);
    List<String> found = new ArrayList<>();
    for (ConsumerRecord<String, String> one : events()) {
      String type = new String(one.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
      JsonNode event = json.readTree(one.value());
      if (type.equals(EventTypes.DATA_QUALITY)
          && event.path("machine").asString().equals(machine)
          && event.path("tag").asString().equals(tag)) {
        found.add(
            "%s.%d %s"
                .formatted(
                    event.path("day").asString(),
                    event.path("version").asInt(),
                    event.path("breaches")));
      }
    }
    return found;
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

  /** A value each minute. */
  private void minutes(String tag, LocalDate of, int from, int to) {
    long before = samples(tag);
    double[] numbers = new double[2 * (to - from)];
    for (int i = from; i < to; i++) {
      numbers[2 * (i - from)] = micros(of) + i * MINUTE;
      numbers[2 * (i - from) + 1] = i % 10;
    }
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        PlantTraffic.doubles(path(tag), tag.substring(tag.indexOf('#') + 1), numbers));
    awaitSamples(tag, before + to - from);
  }

  private void awaitSamples(String tag, long count) {
    await(() -> samples(tag) == count);
  }

  private long samples(String tag) {
    return jdbc.sql(
            "SELECT count(*) FROM sample s JOIN tag t ON t.id = s.tag_id"
                + " WHERE t.path || '#' || t.name = ?")
        .param(tag)
        .query(Long.class)
        .single();
  }

  private void tag(String tag, String role) {
    tag(tag, role, 60_000L, "enterprise", null, before(5));
  }

  private void tag(
      String tag,
      String role,
      @Nullable Long sampling,
      String dataClass,
      @Nullable String owner,
      Instant time) {
    String name = tag.substring(tag.indexOf('#') + 1);
    announce(
        tag,
        EventTypes.TAG_ANNOUNCED,
        time,
        new TagAnnounced(
            path(tag), name, "double", "1", role, null, null, sampling, dataClass, owner));
    await(
        () ->
            ask("/api/v1/tags?equipment=" + path(tag) + "&dataClass=" + dataClass)
                .body()
                .contains("\"" + tag + "\""));
  }

  private void equipment(String path, @Nullable String id, Instant time, String node) {
    announce(
        path,
        EventTypes.EQUIPMENT_ANNOUNCED,
        time,
        new EquipmentAnnounced(path, id, "WORK_UNIT", "acme:graz", node));
    await(() -> ask("/api/v1/equipment?equipment=" + path).body().contains("\"" + path + "\""));
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

  private Instant before(int days) {
    return at(day.minusDays(days));
  }

  private static Instant at(LocalDate of) {
    return of.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static long micros(LocalDate of) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at(of));
  }

  private static String path(String tag) {
    return tag.substring(0, tag.indexOf('#'));
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = ask(path);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> ask(String path) {
    String whole = path.startsWith("/api") ? path : "/api/v1/data-quality" + path;
    return service.get(whole, tokens.token("viewer"));
  }

  private HttpResponse<String> send(String method, String path, String body, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (Exception failed) {
      throw new AssertionError("no answer", failed);
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).until(condition);
  }

  private static String name(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }
}
