package io.linewright.ingest.app.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.PlantTraffic;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
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

/** What is set aside, and how it gets out again. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class QuarantineFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LINE = "acme/graz/set-aside/line-1/";
  private static final String OTHER_LINE = "acme/graz/set-aside/line-2/";

  /** A text of a fixed length, as a controller in C may send it. */
  private static final SampleValue ZEROS = SampleValue.of("PART\0\0\0");

  private static final int PAGE_BYTES = 4 * 1024 * 1024;

  private final JsonMapper json = JsonMapper.builder().build();
  private final long now = Instant.now().getEpochSecond() * 1_000_000;
  private TestTokens tokens;
  private TestKafka kafka;
  private RunningService service;
  private PlantTraffic plant;
  private JdbcClient jdbc;

  /** With Kafka of its own, so that only what it sends is set aside. */
  @BeforeAll
  void start(TestPostgres postgres) throws Exception {
    kafka = TestKafka.start();
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    plant = new PlantTraffic(kafka.bootstrapServers());
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            postgres.createDatabase(),
            tokens,
            "linewright.service.instance=quarantine-flow");
    jdbc = service.context().getBean(JdbcClient.class);
  }

  @AfterAll
  void stop() {
    service.close();
    plant.close();
    tokens.close();
    kafka.close();
  }

  @Test
  void aTextThatCannotBeStoredIsSetAsideAlone() throws Exception {
    String device = LINE + "texts-01";
    plant.send(
        Topic.TELEMETRY,
        batch(
            device,
            series("label", sample(0, ZEROS), sample(1, SampleValue.of("PART"))),
            series("load", sample(0, SampleValue.of(7.5)))));

    assertThat(awaitSamples(device + "#label", 1).get(0).path("value").asString())
        .isEqualTo("PART");
    assertThat(awaitSamples(device + "#load", 1).get(0).path("value").asDouble()).isEqualTo(7.5);
    JsonNode kept = quarantined("a text of tag " + device + "#label has the character U+0000");
    TelemetryBatch part = decoded(kept);
    assertThat(part.sampleCount()).isOne();
    assertThat(part.series().getFirst().samples()).containsExactly(sample(0, ZEROS));
    JsonNode again = resubmitted(kept, 200);
    assertThat(again.path("outcome").asString()).isEqualTo("refused");
    assertThat(again.path("cause").asString()).contains("U+0000");
  }

  @Test
  void whatFailsAgainIsRefusedWithTheNewCauseAndItsGoodPartIsStored() throws Exception {
    String device = LINE + "fails-01";
    jdbc.sql("ALTER TABLE sample ADD CONSTRAINT no_666 CHECK (number IS DISTINCT FROM 666)")
        .update();
    plant.send(
        Topic.TELEMETRY,
        batch(
            device,
            series("good", sample(0, SampleValue.of(1.0)), sample(1, SampleValue.of(2.0))),
            series(
                "mixed",
                sample(0, SampleValue.of(3.0)),
                sample(1, SampleValue.of(666.0)),
                sample(2, SampleValue.of(4.0)))));
    JsonNode kept = quarantined("[23514]");
    assertThat(decoded(kept).sampleCount()).as("as a whole, after three tries").isEqualTo(5);
    assertThat(kept.path("attempts").asInt()).isZero();
    long in = resubmittedSamples();

    JsonNode refused = resubmitted(kept, 200);

    assertThat(refused.path("outcome").asString()).isEqualTo("refused");
    assertThat(refused.path("cause").asString()).contains("tag " + device + "#mixed", "[23514]");
    assertThat(awaitSamples(device + "#good", 2)).hasSize(2);
    assertThat(awaitSamples(device + "#mixed", 2).get(1).path("value").asDouble()).isEqualTo(4);
    assertThat(resubmittedSamples() - in).as("what was stored, and nothing twice").isEqualTo(4);
    JsonNode stays = quarantined("tag " + device + "#mixed fails");
    assertThat(stays.path("id").asLong()).isEqualTo(kept.path("id").asLong());
    assertThat(stays.path("attempts").asInt()).isOne();

    jdbc.sql("ALTER TABLE sample DROP CONSTRAINT no_666").update();
    assertThat(resubmitted(kept, 200).path("outcome").asString()).isEqualTo("stored");
    assertThat(awaitSamples(device + "#mixed", 3).get(1).path("value").asDouble()).isEqualTo(666);
    resubmitted(kept, 404);
  }

  @Test
  void aPageEndsBeforeItIsTooLarge() {
    int mebibyte = 1024 * 1024;
    jdbc.sql(
            """
            INSERT INTO quarantine (source, stage, origin, cause, payload, size, resubmittable)
            SELECT 'large-' || n, 'test', 'large', 'large', decode(repeat('00', bytes), 'hex'), bytes,
                   false
            FROM (SELECT n, CASE n WHEN 5 THEN 5 * ?::int ELSE ?::int END AS bytes
                  FROM generate_series(1, 12) AS n) AS sizes
            ORDER BY n
            """)
        .params(mebibyte, mebibyte)
        .update();

    List<Long> seen = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    String cursor = "";
    do {
      HttpResponse<String> answer =
          service.get("/api/v1/quarantine?limit=500" + cursor, tokens.token("viewer"));
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode page = json.readTree(answer.body());
      long bytes = 0;
      int large = 0;
      for (JsonNode record : page.path("records")) {
        bytes += record.path("size").asLong();
        if (record.path("origin").asString().equals("large")) {
          large++;
          seen.add(record.path("id").asLong());
        }
      }
      assertThat(bytes <= PAGE_BYTES || page.path("records").size() == 1).isTrue();
      pages.add(large);
      boolean more = !page.path("next").isNull();
      assertThat(answer.headers().firstValue("Link").isPresent()).isEqualTo(more);
      cursor = more ? "&cursor=" + page.path("next").asString() : "";
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(12).doesNotHaveDuplicates();
    assertThat(pages).as("the large one comes alone").hasSizeGreaterThanOrEqualTo(4).contains(1);
    assertThat(sweep("discards?origin=large").path("done").asInt()).isEqualTo(12);
  }

  @Test
  void whoMayChangeOneLineDecidesAboutItsRecordsOnly() {
    String own = LINE + "rights-01";
    String other = OTHER_LINE + "rights-01";
    implausible(own);
    implausible(other);
    plant.sendPoison(Topic.TELEMETRY, 1);
    String limited = tokens.tokenOf("ada", List.of(LINE.substring(0, LINE.length() - 1)), "admin");
    quarantined("source time of tag " + own + "#t");
    JsonNode ofOther = quarantined("source time of tag " + other + "#t");
    JsonNode unreadable = quarantined("MALFORMED");

    for (JsonNode notTheirs : List.of(ofOther, unreadable)) {
      String path = "/api/v1/quarantine/" + notTheirs.path("id").asLong();
      assertThat(service.send("DELETE", path, limited).statusCode()).isEqualTo(404);
      assertThat(service.send("POST", path + "/resubmissions", limited).statusCode())
          .isEqualTo(404);
    }
    JsonNode swept =
        json.readTree(
            service
                .send("POST", "/api/v1/quarantine/discards?cause=rights-01%23t", limited)
                .body());
    assertThat(swept.path("done").asInt()).isOne();
    assertThat(swept.path("skipped").asInt()).isOne();
    assertThat(swept.path("left").asInt()).isOne();
    assertThat(
            service
                .send(
                    "DELETE",
                    "/api/v1/quarantine/" + unreadable.path("id").asLong(),
                    tokens.token("admin"))
                .statusCode())
        .isEqualTo(204);
    assertThat(sweep("discards?cause=rights-01%23t").path("done").asInt()).isOne();
  }

  @Test
  void manyAreSubmittedAgainOrDiscardedByTheirCause() {
    String device = LINE + "many-01";
    for (int i = 0; i < 5; i++) {
      implausible(device);
    }
    implausible(LINE + "many-02");
    String cause = "cause=" + URLEncoder.encode(device + "#t", StandardCharsets.UTF_8);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(waiting("many-0")).isEqualTo(6));

    JsonNode first = sweep("resubmissions?limit=3&" + cause);
    assertThat(first.path("refused").asInt()).isEqualTo(3);
    assertThat(first.path("left").asInt()).isEqualTo(5);
    JsonNode second =
        sweep("resubmissions?limit=3&" + cause + "&cursor=" + first.path("next").asString());
    assertThat(second.path("refused").asInt()).isEqualTo(2);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(quarantined(device + "#t is not plausible").path("attempts").asInt()).isOne();

    JsonNode discarded =
        sweep("discards?limit=4&" + cause + "&origin=" + Topic.TELEMETRY.topicName());
    assertThat(discarded.path("done").asInt()).isEqualTo(4);
    assertThat(discarded.path("left").asInt()).isOne();
    assertThat(sweep("discards?" + cause + "&origin=elsewhere").path("done").asInt()).isZero();
    assertThat(sweep("discards?" + cause).path("done").asInt()).isOne();
    assertThat(waiting("many-0")).as("the other one stays").isOne();

    for (String nonsense :
        List.of("discards", "resubmissions", "discards?cause=", "discards?limit=0&cause=x")) {
      assertThat(
              service
                  .send("POST", "/api/v1/quarantine/" + nonsense, tokens.token("admin"))
                  .statusCode())
          .as(nonsense)
          .isEqualTo(400);
    }
    assertThat(
            service
                .send("POST", "/api/v1/quarantine/discards?cause=x", tokens.token("operator"))
                .statusCode())
        .isEqualTo(403);
    assertThat(sweep("discards?cause=many-02").path("done").asInt()).isOne();
  }

  /** A value of the year 2000. */
  private void implausible(String device) {
    plant.send(Topic.TELEMETRY, PlantTraffic.doubles(device, "t", 946_684_800_000_000d, 1));
  }

  private JsonNode sweep(String what) {
    HttpResponse<String> answer =
        service.send("POST", "/api/v1/quarantine/" + what, tokens.token("admin"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private long waiting(String cause) {
    return jdbc.sql("SELECT count(*) FROM quarantine WHERE position(? IN cause) > 0")
        .param(cause)
        .query(Long.class)
        .single();
  }

  private long resubmittedSamples() {
    return jdbc.sql(
            "SELECT coalesce(sum(\"out\"), 0) FROM stage_counter WHERE stage = 'ingest.resubmission'")
        .query(Long.class)
        .single();
  }

  private JsonNode resubmitted(JsonNode record, int status) {
    HttpResponse<String> answer =
        service.send(
            "POST",
            "/api/v1/quarantine/" + record.path("id").asLong() + "/resubmissions",
            tokens.token("admin"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  private JsonNode quarantined(String cause) {
    return Awaitility.await().atMost(PATIENCE).until(() -> find(cause), found -> !found.isNull());
  }

  private JsonNode find(String cause) {
    @Nullable String cursor = "";
    while (cursor != null) {
      JsonNode page =
          json.readTree(
              service.get("/api/v1/quarantine?limit=500" + cursor, tokens.token("viewer")).body());
      for (JsonNode record : page.path("records")) {
        if (record.path("cause").asString().contains(cause)) {
          return record;
        }
      }
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asString();
    }
    return json.nullNode();
  }

  private JsonNode awaitSamples(String tag, int count) {
    String path = "/api/v1/samples?tag=" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> json.readTree(service.get(path, tokens.token("viewer")).body()).path("samples"),
            samples -> samples.size() == count);
  }

  private static TelemetryBatch decoded(JsonNode record) throws Exception {
    return TelemetryCodec.decode(Base64.getDecoder().decode(record.path("payload").asString()));
  }

  private TelemetryBatch batch(String device, TagSeries... series) {
    return new TelemetryBatch(
        EquipmentPath.parse(device),
        "acme:graz",
        "gw-1",
        now + 50_000,
        OptionalLong.empty(),
        List.of(series));
  }

  private static TagSeries series(String tag, Sample... samples) {
    SampleValue first = samples[0].value();
    return new TagSeries(
        new TagName(tag),
        first == null ? DataType.DOUBLE : first.type(),
        TagRole.PROCESS_VALUE,
        List.of(samples));
  }

  private Sample sample(long micros, SampleValue value) {
    return new Sample(value, StatusCode.GOOD, now + micros, 0);
  }
}
