package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.batch;
import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.SampleStream;
import io.linewright.model.telemetry.SampleStreamReader;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.security.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is computed from stored samples, as REST gives it. */
@ExtendWith(HistorianParameter.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class HistoryFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/machining/line-2/";
  private static final long NOON = micros("2025-01-31T12:00:00Z");
  private static final String RANGE = "&from=2025-01-31T12:00:00Z&to=2025-01-31T12:01:40Z";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;

  @BeforeAll
  void start(SharedHistorian historian) {
    tokens = historian.tokens();
    service = historian.service();
    plant = new PlantTraffic(historian.kafka().bootstrapServers());
  }

  @AfterAll
  void stop() {
    plant.close();
    http.close();
  }

  /** All tables of OPC UA part 13, annex A, but for rows that contradict their definition. */
  @Test
  void theTablesOfTheStandardComeBack() {
    Path tables = tables();
    assumeTrue(
        Files.isRegularFile(tables.resolve("expected.json")),
        () -> "no tables in " + tables + "; LINEWRIGHT_DATA names their parent");
    json.readTree(tables.resolve("historians.json"))
        .path("historians")
        .properties()
        .forEach(historian -> store(historian.getKey(), historian.getValue()));
    JsonNode entries = json.readTree(tables.resolve("expected.json")).path("entries");
    Map<String, Double> codes = codes(entries);
    List<String> differences = new ArrayList<>();
    int rows = 0;
    for (JsonNode entry : entries) {
      if (!entry.path("aggregate").asString().equals("AnnotationCount")) {
        rows += compare(entry, codes, differences);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(rows).isGreaterThan(1_300);
  }

  @Test
  void daysOfVienna() {
    String mill = LINE + "days-01";
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        doubles(
            mill,
            "t",
            micros("2025-03-29T22:59:59Z"),
            1,
            micros("2025-03-29T23:00:00Z"),
            2,
            micros("2025-03-30T21:59:59Z"),
            3,
            micros("2025-03-30T22:00:00Z"),
            4,
            micros("2025-10-25T22:00:00Z"),
            5,
            micros("2025-10-26T22:59:59Z"),
            6,
            micros("2025-10-26T23:00:00Z"),
            7));
    awaitSamples(mill + "#t", 7, "2025-01-01T00:00:00Z");
    String query =
        "/api/v1/aggregates?tag=%s&aggregate=Count&calendar=day&zone=Europe/Vienna"
            .formatted(name(mill + "#t"));

    JsonNode spring = buckets(query + "&from=2025-03-28T23:00:00Z&to=2025-03-31T22:00:00Z");
    assertThat(spring).hasSize(3);
    assertThat(spring.get(1).path("start").asString()).isEqualTo("2025-03-29T23:00:00.000000Z");
    assertThat(spring.get(1).path("end").asString()).isEqualTo("2025-03-30T22:00:00.000000Z");
    assertThat(spring.valueStream().map(b -> b.path("values").path("Count").path("value").asInt()))
        .containsExactly(1, 2, 1);

    assertThat(
            get(query + "&from=2025-03-28T23:00:00Z&to=2025-03-31T22:00:00Z")
                .path("zone")
                .asString())
        .isEqualTo("Europe/Vienna");
    JsonNode ofSite =
        get(
            query.replace("&zone=Europe/Vienna", "")
                + "&from=2025-03-29T00:00:00Z&to=2025-03-31T00:00:00Z");
    assertThat(ofSite.path("zone").asString()).isEqualTo("UTC");
    assertThat(ofSite.path("series").path(0).path("buckets")).hasSize(2);

    JsonNode autumn = buckets(query + "&from=2025-10-25T22:00:00Z&to=2025-10-27T23:00:00Z");
    assertThat(autumn.get(0).path("end").asString()).isEqualTo("2025-10-26T23:00:00.000000Z");
    assertThat(autumn.valueStream().map(b -> b.path("values").path("Count").path("value").asInt()))
        .containsExactly(2, 1);
  }

  @Test
  void valuesAtInstantsAndSideBySide() {
    String mill = LINE + "aligned-01";
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        doubles(mill, "a", NOON - 10_000_000, 0, NOON + 10_000_000, 20, NOON + 70_000_000, 80));
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        batch(
            mill,
            "on",
            DataType.BOOLEAN,
            List.of(
                new Sample(SampleValue.of(true), StatusCode.GOOD, NOON + 5_000_000, 0),
                new Sample(null, StatusCode.BAD_NO_COMMUNICATION, NOON + 40_000_000, 0))));
    awaitSamples(mill + "#a", 3, "2025-01-01T00:00:00Z");
    awaitSamples(mill + "#on", 2, "2025-01-01T00:00:00Z");
    String both = "?tag=" + name(mill + "#a") + "&tag=" + name(mill + "#on");

    JsonNode series =
        get("/api/v1/values-at" + both + "&time=2025-01-31T12:00:40Z&time=2025-01-31T12:00:00Z")
            .path("series");
    assertThat(series.get(0).path("values").get(0).path("value").asDouble()).isEqualTo(50);
    assertThat(series.get(0).path("values").get(1).path("value").asDouble()).isEqualTo(10);
    assertThat(series.get(0).path("values").get(1).path("info").toString())
        .isEqualTo("[\"Interpolated\"]");
    assertThat(series.get(1).path("stepped").asBoolean()).isTrue();
    assertThat(series.get(1).path("values").get(1).path("statusName").asString())
        .isEqualTo("BadNoData");
    JsonNode last =
        get("/api/v1/values-at" + both + "&time=2025-01-31T12:00:41Z&fill=last-known")
            .path("series");
    assertThat(last.get(1).path("values").get(0).path("statusName").asString())
        .isEqualTo("BadNoCommunication");

    JsonNode grid = get("/api/v1/aligned" + both + RANGE + "&step=PT30S&fill=simple");
    assertThat(grid.path("rows")).hasSize(4);
    assertThat(grid.path("rows").get(1).path("values").toString()).isEqualTo("[40.0,true]");
    assertThat(grid.path("rows").get(2).path("status").get(1).asLong()).isGreaterThan(1L << 31);
    assertThat(grid.path("next").isNull()).isTrue();

    JsonNode union = get("/api/v1/aligned" + both + RANGE + "&axis=union&limit=2&fill=last-known");
    assertThat(union.path("rows").valueStream().map(r -> r.path("time").asString()))
        .containsExactly("2025-01-31T12:00:05.000000Z", "2025-01-31T12:00:10.000000Z");
    assertThat(union.path("rows").get(0).path("values").get(0).asDouble()).isZero();
    assertThat(union.path("next").asString()).isEqualTo("2025-01-31T12:00:40.000000Z");

    assertThat(csv("/api/v1/aligned" + both + RANGE + "&step=PT50S&fill=simple"))
        .startsWith(
            "time,%1$s#a,%1$s#a status,%1$s#on,%1$s#on status,%1$s#a type,%1$s#a unit,%1$s#on type,%1$s#on unit\r\n"
                .formatted(mill))
        .contains("\r\n2025-01-31T12:00:50.000000Z,60.0,")
        .endsWith(",double,1,boolean,1\r\n");
    assertThat(csv("/api/v1/values-at" + both + "&time=2025-01-31T12:00:10Z"))
        .isEqualTo(
            """
            tag,time,value,status,statusName,info,type,unit\r
            %1$s#a,2025-01-31T12:00:10.000000Z,20.0,1024,Good,Raw,double,1\r
            %1$s#on,2025-01-31T12:00:10.000000Z,true,1084490754,UncertainDataSubNormal,Interpolated,boolean,1\r
            """
                .formatted(mill));
  }

  @Test
  void samplesAndTrendsAsCsv() {
    String mill = LINE + "csv-01";
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        batch(
            mill,
            "text",
            DataType.STRING,
            List.of(
                new Sample(SampleValue.of("a \"b\", c"), StatusCode.GOOD, NOON, 0),
                new Sample(SampleValue.of(""), StatusCode.of(0x40900000), NOON, 1),
                new Sample(null, StatusCode.BAD_NO_COMMUNICATION, NOON + 1, 0))));
    awaitSamples(mill + "#text", 3, "2025-01-01T00:00:00Z");
    String of = "?tag=" + name(mill + "#text") + RANGE;

    assertThat(csv("/api/v1/trends" + of))
        .isEqualTo(
            """
            tag,time,value,status,statusName,ordinal,type,unit\r
            %1$s#text,2025-01-31T12:00:00.000000Z,"a ""b"", c",0,Good,0,string,1\r
            %1$s#text,2025-01-31T12:00:00.000000Z,"",1083179008,UncertainLastUsableValue,1,string,1\r
            %1$s#text,2025-01-31T12:00:00.000001Z,,2150694912,BadNoCommunication,0,string,1\r
            """
                .formatted(mill));
    String samples = csv("/api/v1/samples" + of);
    assertThat(samples.lines()).hasSize(4);
    assertThat(samples)
        .startsWith("tag,time,value,status,statusName,ordinal,gatewayTime,ingestTime,type,unit\r\n")
        .contains(",2150694912,BadNoCommunication,0,2025-01-31T12:00:00.050001Z,")
        .endsWith("Z,string,1\r\n");
    assertThat(ask("/api/v1/samples" + of + "&limit=2", "text/csv").headers().firstValue("Link"))
        .isPresent();
    JsonNode trend = get("/api/v1/trends" + of);
    assertThat(trend.path("method").asString()).isEqualTo("raw");
    assertThat(trend.path("samples")).hasSize(3);
    assertThat(trend.path("before").isNull()).isTrue();
    assertThat(csv("/api/v1/aggregates" + of + "&aggregate=Count&width=PT50S").lines())
        .hasSize(3)
        .anyMatch(line -> line.contains(",2025-01-31T12:00:50.000000Z,Count,1,"))
        .allMatch(line -> line.endsWith(",type,unit") || line.endsWith(",string,1"));
  }

  @Test
  void samplesInBinaryForm() throws Exception {
    String mill = LINE + "bulk-01";
    List<List<Sample>> sent =
        List.of(
            List.of(
                new Sample(SampleValue.of(1.5), StatusCode.GOOD, NOON, 0),
                new Sample(SampleValue.of(Double.NaN), StatusCode.GOOD, NOON, 1),
                new Sample(null, StatusCode.BAD_NO_COMMUNICATION, NOON + 1, 0),
                new Sample(SampleValue.of(-0.0), StatusCode.of(0x40900000), NOON + 2, 0)),
            List.of(new Sample(SampleValue.of(Long.MIN_VALUE), StatusCode.GOOD, NOON, 0)),
            List.of(new Sample(SampleValue.of(true), StatusCode.GOOD, NOON, 0)),
            List.of(
                new Sample(SampleValue.of("grün, \"x\""), StatusCode.GOOD, NOON, 0),
                new Sample(SampleValue.of(""), StatusCode.GOOD, NOON + 1, 0)),
            List.of(
                new Sample(
                    new SampleValue.BytesValue(new byte[] {0, -1, 7}), StatusCode.GOOD, NOON, 0)));
    List<DataType> types =
        List.of(
            DataType.DOUBLE, DataType.INTEGER, DataType.BOOLEAN, DataType.STRING, DataType.BYTES);
    for (int i = 0; i < sent.size(); i++) {
      plant.send(Topic.TELEMETRY_BACKFILL, batch(mill, "t" + i, types.get(i), sent.get(i)));
    }
    for (int i = 0; i < sent.size(); i++) {
      String tag = mill + "#t" + i;
      awaitSamples(tag, sent.get(i).size(), "2025-01-01T00:00:00Z");
      try (SampleStreamReader reader = bulk("/api/v1/samples?tag=" + name(tag) + RANGE)) {
        assertThat(reader.head().tag()).hasToString(tag);
        assertThat(reader.head().type()).isEqualTo(types.get(i));
        List<SampleStream.Row> rows = rows(reader);
        assertThat(rows).extracting(SampleStream.Row::sample).isEqualTo(sent.get(i));
        assertThat(rows.getFirst().gatewayMicros())
            .isEqualTo(sent.get(i).getLast().sourceMicros() + 50_000);
        assertThat(rows.getFirst().ingestMicros()).isGreaterThan(NOON);
        assertThat(reader.end().next()).isEmpty();
      }
    }
    String of = "/api/v1/samples?tag=" + name(mill + "#t0") + RANGE;
    try (SampleStreamReader first = bulk(of + "&limit=3")) {
      assertThat(rows(first)).hasSize(3);
      String cursor = first.end().next().orElseThrow();
      try (SampleStreamReader second = bulk("/api/v1/samples?cursor=" + cursor)) {
        assertThat(rows(second))
            .extracting(SampleStream.Row::sample)
            .containsExactly(sent.getFirst().getLast());
      }
    }
    try (SampleStreamReader exactly = bulk(of + "&limit=4")) {
      assertThat(rows(exactly)).hasSize(4);
      assertThat(exactly.end().next()).isEmpty();
    }
    assertThat(ask(of + "&limit=5000001", SampleStream.MEDIA_TYPE).statusCode()).isEqualTo(400);
    assertThat(ask(of + "&corrections=true", SampleStream.MEDIA_TYPE).statusCode()).isEqualTo(400);
  }

  private SampleStreamReader bulk(String path) throws Exception {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(service.uri(path))
                .header("Accept", SampleStream.MEDIA_TYPE)
                .header("Authorization", "Bearer " + tokens.token("viewer"))
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(SampleStream.MEDIA_TYPE);
    return new SampleStreamReader(answer.body());
  }

  private static List<SampleStream.Row> rows(SampleStreamReader reader) throws Exception {
    List<SampleStream.Row> rows = new ArrayList<>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      rows.addAll(next.get().rows());
    }
    return rows;
  }

  @Test
  void aTrendKeepsPeaksAndKnowsItsNeighbours() {
    String mill = LINE + "trend-01";
    double[] values = new double[2 * 3_000];
    for (int i = 0; i < 3_000; i++) {
      values[2 * i] = NOON + i * 10_000d;
      values[2 * i + 1] = i == 1_234 ? 99 : Math.sin(i);
    }
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(mill, "t", values));
    awaitSamples(mill + "#t", 3_000, "2025-01-01T00:00:00Z");
    String of =
        "/api/v1/trends?tag=%s&from=2025-01-31T12:00:01Z&to=2025-01-31T12:00:29Z"
            .formatted(name(mill + "#t"));

    JsonNode extremes = get(of + "&points=50");
    assertThat(extremes.path("method").asString()).isEqualTo("extremes");
    assertThat(extremes.path("samples").size()).isBetween(100, 200);
    assertThat(extremes.path("samples").toString()).contains("\"value\":99.0");
    assertThat(extremes.path("before").path("time").asString())
        .isEqualTo("2025-01-31T12:00:00.990000Z");
    assertThat(extremes.path("after").path("time").asString())
        .isEqualTo("2025-01-31T12:00:29.000000Z");
    assertThat(get(of + "&points=50&method=lttb").path("samples")).hasSize(50);
  }

  @Test
  @Tag("long")
  void aRangeLargerThanTheHeapIsCounted() {
    service.context().getBean(SampleTable.class).ensure(List.of(LocalDate.of(2025, 1, 30)));
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    String large = LINE + "large-01";
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES (?, 'text', 'string')")
        .param(large)
        .update();
    long bytes = Runtime.getRuntime().maxMemory() * 5 / 4;
    int rows = (int) (bytes / 60_000);
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, text, gateway_time, ingest_time)
            SELECT t.id, '2025-01-30T00:00:00Z'::timestamptz + n * interval '1 second', 0, 0,
              repeat(chr(97 + n % 26), 60000), '2025-01-30T00:00:00Z', '2025-01-30T00:00:00Z'
            FROM tag t, generate_series(1, ?) n WHERE t.path = ?
            """)
        .params(rows, large)
        .update();

    JsonNode values =
        buckets(
                "/api/v1/aggregates?tag=%s&aggregate=Count&aggregate=NumberOfTransitions&width=P1D"
                        .formatted(name(large + "#text"))
                    + "&from=2025-01-30T00:00:00Z&to=2025-01-31T00:00:00Z")
            .get(0)
            .path("values");

    assertThat(values.path("Count").path("value").asInt()).isEqualTo(rows);
    assertThat(values.path("NumberOfTransitions").path("value").asInt()).isEqualTo(rows);
  }

  /**
   * Roll-ups tell of samples that nobody would read for an answer; they are written here without
   * any.
   */
  @Test
  void aggregatesOfWholeHoursComeOfRollups() {
    service
        .context()
        .getBean(SampleTable.class)
        .ensure(List.of(LocalDate.of(2025, 2, 9), LocalDate.of(2025, 2, 10)));
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    String mill = LINE + "rolled-01";
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES (?, 't', 'double')").param(mill).update();
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            SELECT t.id, s.at::timestamptz, 0, 0, 1, s.at::timestamptz, s.at::timestamptz
            FROM tag t, (VALUES ('2025-02-09T23:00:00Z'), ('2025-02-10T10:00:00Z')) AS s (at)
            WHERE t.path = ?
            """)
        .param(mill)
        .update();
    jdbc.sql(
            """
            INSERT INTO rollup_hour (tag_id, start, good, uncertain, bad, numbers, sum, sum_squares,
              minimum, minimum_time, maximum, maximum_time, first_time, first_status, last_time,
              last_status, last_value, integral, integral_micros, good_micros, uncertain_micros,
              bad_micros)
            SELECT t.id, h, 1000, 0, 0, 1000, 2500, 7000, 2, h, 3, h, h, 0, h, 0, 3, 0, 0, 0, 0, 0
            FROM tag t, generate_series('2025-02-10T00:00:00Z'::timestamptz,
              '2025-02-10T09:00:00Z', interval '1 hour') h WHERE t.path = ?
            """)
        .param(mill)
        .update();
    String of =
        "/api/v1/aggregates?tag=%s&width=PT1H&from=2025-02-10T00:00:00Z&to=2025-02-10T10:00:00Z"
            .formatted(name(mill + "#t"));

    JsonNode buckets = buckets(of + "&aggregate=Average&aggregate=Range&aggregate=PercentGood");
    assertThat(buckets).hasSize(10);
    for (JsonNode bucket : buckets) {
      JsonNode average = bucket.path("values").path("Average");
      assertThat(average.path("value").asDouble()).isEqualTo(2.5);
      assertThat(average.path("info").toString()).isEqualTo("[\"Calculated\"]");
      assertThat(average.path("percentGood").asDouble()).isEqualTo(100);
      assertThat(bucket.path("values").path("Range").path("value").asDouble()).isEqualTo(1);
      assertThat(bucket.path("values").path("PercentGood").path("value").asDouble()).isEqualTo(100);
    }
    assertThat(count(buckets(of + "&aggregate=Count&truth=raw").get(5)))
        .as("what came is not rolled up")
        .isZero();

    jdbc.sql(
            "UPDATE rollup_hour SET good = 6000000, numbers = 6000000 WHERE start ="
                + " '2025-02-10T05:00:00Z' AND tag_id = (SELECT id FROM tag WHERE path = ?)")
        .param(mill)
        .update();
    HttpResponse<String> refused = ask(of + "&aggregate=TimeAverage", "application/json");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("urn:linewright:problem:too-many-samples", "6009000 samples");
    assertThat(count(buckets(of + "&aggregate=Count").get(5))).isEqualTo(6_000_000);
  }

  private static int count(JsonNode bucket) {
    return bucket.path("values").path("Count").path("value").asInt();
  }

  /** 300 MB of texts in a page, and as much again in its JSON: more than the heap has. */
  @Test
  @Tag("long")
  void aPageOfLargeTextsIsWrittenWhileItIsRead() throws Exception {
    service.context().getBean(SampleTable.class).ensure(List.of(LocalDate.of(2025, 1, 29)));
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    String large = LINE + "pages-01";
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES (?, 'text', 'string')")
        .param(large)
        .update();
    int rows = (int) (Runtime.getRuntime().maxMemory() * 3 / 10 / 60_000);
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, text, gateway_time, ingest_time)
            SELECT t.id, '2025-01-29T00:00:00Z'::timestamptz + n * interval '1 second', 0, 0,
              repeat(chr(97 + n % 26), 60000), '2025-01-29T00:00:00Z', '2025-01-29T00:00:00Z'
            FROM tag t, generate_series(1, ?) n WHERE t.path = ?
            """)
        .params(rows, large)
        .update();
    String of =
        "?tag=%s&from=2025-01-29T00:00:00Z&to=2025-01-30T00:00:00Z"
            .formatted(name(large + "#text"));

    assertThat(length("/api/v1/samples" + of + "&limit=50000")).isGreaterThan(rows * 60_000L);
    assertThat(length("/api/v1/trends" + of + "&points=10000")).isGreaterThan(rows * 60_000L);
  }

  /** Bytes of an answer that no test could keep. */
  private long length(String path) throws Exception {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(service.uri(path))
                .header("Authorization", "Bearer " + tokens.token("viewer"))
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    try (InputStream body = answer.body()) {
      return body.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Test
  void lastValuesComeInPagesIfWanted() {
    String hall = LINE + "paged/";
    long now = Instant.now().getEpochSecond() * 1_000_000;
    for (String mill : List.of("a", "b", "c")) {
      plant.send(Topic.TELEMETRY, doubles(hall + mill, "t", now, 7));
    }
    String of = "/api/v1/last-values?equipment=" + hall.substring(0, hall.length() - 1);
    JsonNode whole =
        Awaitility.await().atMost(PATIENCE).until(() -> get(of), l -> l.path("values").size() == 3);
    assertThat(whole.has("next")).isFalse();

    HttpResponse<String> first = ask(of + "&limit=2", "application/json");
    JsonNode page = json.readTree(first.body());
    assertThat(tags(page)).containsExactly(hall + "a#t", hall + "b#t");
    assertThat(page.path("next").asString()).isEqualTo(hall + "b#t");
    assertThat(first.headers().firstValue("Link").orElseThrow())
        .contains("limit=2", "cursor=" + name(hall + "b#t"), "rel=\"next\"");
    JsonNode last = get(of + "&limit=2&cursor=" + name(hall + "b#t"));
    assertThat(tags(last)).containsExactly(hall + "c#t");
    assertThat(last.path("next").isNull()).isTrue();
    assertThat(get(of + "&limit=3").path("next").isNull()).isTrue();
    for (String wrong :
        List.of(
            of + "&limit=0",
            of + "&limit=10001",
            of + "&cursor=" + name(hall + "b#t"),
            "/api/v1/last-values?limit=2&tag=" + name(hall + "a#t"))) {
      assertThat(ask(wrong, "application/json").statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void lastValuesAsCsvTellTypeUnitAndWhatIsUnknown() {
    String mill = LINE + "csv-02";
    plant.send(Topic.TELEMETRY, doubles(mill, "t", Instant.now().getEpochSecond() * 1e6, 7));
    String of = "/api/v1/last-values?equipment=" + mill;
    Awaitility.await().atMost(PATIENCE).until(() -> get(of).path("values").size() == 1);

    String whole = csv(of);
    assertThat(whole)
        .startsWith(
            "tag,time,value,status,statusName,ordinal,gatewayTime,ingestTime,type,unit,role\r\n"
                + mill
                + "#t,")
        .contains(",7.0,0,Good,0,")
        .endsWith(",double,1,temperature\r\n");
    assertThat(csv(of + "&limit=1")).isEqualTo(whole);
    assertThat(csv("/api/v1/last-values?tag=" + name(mill + "#t") + "&tag=acme/none%23none"))
        .isEqualTo(whole + "acme/none#none,,,,,,,,,,\r\n");
  }

  @Test
  void aTagThatIsNotKnownYetHoldsUpNoOther() {
    String mill = LINE + "known-01";
    plant.send(Topic.TELEMETRY, doubles(mill, "t", Instant.now().getEpochSecond() * 1e6, 7));
    String tag = mill + "#t";
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> post("{\"tags\":[\"" + tag + "\"]}", "viewer").body(),
            body -> json.readTree(body).path("values").size() == 1);
    String none = "acme/none#none";

    for (JsonNode some :
        List.of(
            json.readTree(post("{\"tags\":[\"%s\",\"%s\"]}".formatted(none, tag), "viewer").body()),
            get("/api/v1/last-values?tag=" + name(none) + "&tag=" + name(tag)))) {
      assertThat(tags(some)).containsExactly(tag);
      assertThat(some.path("unknown").toString()).isEqualTo("[\"" + none + "\"]");
    }
    assertThat(get("/api/v1/last-values?tag=" + name(tag)).path("unknown").toString())
        .isEqualTo("[]");
    assertThat(get("/api/v1/last-values?equipment=" + mill).has("unknown")).isFalse();
    assertThat(ask("/api/v1/last-values?tag=" + name(none), "application/json").statusCode())
        .isEqualTo(404);
    assertThat(post("{\"tags\":[\"nohash\",\"" + tag + "\"]}", "viewer").statusCode())
        .isEqualTo(400);
  }

  @Test
  void samplesUpToAnInstantAreThoseOfTheHourBefore() {
    String mill = LINE + "hour-01";
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        doubles(mill, "t", NOON - 3_600_000_001L, 1, NOON - 3_600_000_000L, 2, NOON, 3));
    awaitSamples(mill + "#t", 3, "2025-01-01T00:00:00Z");

    JsonNode hour =
        get("/api/v1/samples?to=2025-01-31T12:00:00Z&tag=" + name(mill + "#t")).path("samples");
    assertThat(hour.valueStream().map(one -> one.path("value").asDouble())).containsExactly(2.0);
  }

  @Test
  void whatSpringRefusesIsToldByItsStatus() {
    HttpResponse<String> method =
        send(
            HttpRequest.newBuilder(service.uri("/api/v1/last-values"))
                .PUT(HttpRequest.BodyPublishers.noBody()),
            "admin");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.body()).contains("urn:linewright:problem:method-not-allowed");
    assertThat(method.headers().firstValue("Allow").orElseThrow()).contains("GET");

    HttpResponse<String> form = ask("/api/v1/tags", "image/png");
    assertThat(form.statusCode()).isEqualTo(406);
    assertThat(form.body()).contains("urn:linewright:problem:not-acceptable", "application/json");

    HttpResponse<String> content =
        send(
            HttpRequest.newBuilder(service.uri("/api/v1/last-values/query"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")),
            "viewer");
    assertThat(content.statusCode()).isEqualTo(415);
    assertThat(content.body()).contains("urn:linewright:problem:unsupported-media-type");
    assertThat(content.headers().firstValue("Accept").orElseThrow()).contains("application/json");
  }

  private static List<String> tags(JsonNode page) {
    return page.path("values").valueStream().map(one -> one.path("tag").asString()).toList();
  }

  @Test
  void manyLastValuesAreSentWhileTheyAreWritten() {
    String mill = LINE + "long-01";
    long now = Instant.now().getEpochSecond() * 1_000_000;
    for (String tag : List.of("a", "b", "c")) {
      Sample text = new Sample(SampleValue.of("x".repeat(60_000)), StatusCode.GOOD, now, 0);
      plant.send(Topic.TELEMETRY, batch(mill, tag, DataType.STRING, List.of(text)));
    }
    String of = "/api/v1/last-values?equipment=" + mill;
    Awaitility.await().atMost(PATIENCE).until(() -> get(of).path("values").size() == 3);

    assertThat(ask(of, "application/json").headers().firstValue("Content-Length")).isEmpty();
    assertThat(ask(of + "&limit=1", "application/json").headers().firstValue("Content-Length"))
        .isPresent();
  }

  /** Whoever reads history leaves connections to others; beyond, it is told to come again. */
  @Test
  void readersOfHistoryShareFewConnections() throws Exception {
    String mill = LINE + "busy-01";
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(mill, "t", NOON, 1));
    awaitSamples(mill + "#t", 1, "2025-01-01T00:00:00Z");
    String of = "?tag=" + name(mill + "#t") + RANGE;
    HeavyReads reads = service.context().getBean(HeavyReads.class);
    CountDownLatch at = new CountDownLatch(4);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        others.execute(() -> reads.answer().read(() -> stay(at, leave)));
      }
      try {
        at.await();
        List<String> heavy =
            List.of(
                "/api/v1/samples" + of,
                "/api/v1/trends" + of,
                "/api/v1/aggregates" + of + "&aggregate=Count&width=PT1M",
                "/api/v1/aligned" + of + "&step=PT1M",
                "/api/v1/values-at?time=2025-01-31T12:00:00Z&tag=" + name(mill + "#t"),
                "/api/v1/data-quality?day=2025-01-31&tag=" + name(mill + "#t"),
                "/api/v1/data-quality/results?day=2025-01-31&equipment=" + mill,
                "/api/v1/data-quality/results?from=2025-01-31&to=2025-02-01&tag="
                    + name(mill + "#t"));
        List<Future<HttpResponse<String>>> answers =
            heavy.stream().map(path -> others.submit(() -> ask(path, "application/json"))).toList();
        for (Future<HttpResponse<String>> one : answers) {
          HttpResponse<String> answer = one.get();
          assertThat(answer.statusCode()).as(answer.uri().getPath()).isEqualTo(503);
          assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
          assertThat(answer.body()).contains("urn:linewright:problem:too-busy");
        }
        assertThat(ask("/api/v1/tags?limit=1", "application/json").statusCode()).isEqualTo(200);
        assertThat(ask("/api/v1/last-values?limit=1", "application/json").statusCode())
            .isEqualTo(200);
      } finally {
        leave.countDown();
      }
    }
    assertThat(get("/api/v1/samples" + of).path("samples")).hasSize(1);
    assertThat(
            service
                .context()
                .getBean(MeterRegistry.class)
                .get("linewright.ingest.reads.refused")
                .counter()
                .count())
        .isGreaterThanOrEqualTo(8);
  }

  private static boolean stay(CountDownLatch at, CountDownLatch leave) {
    at.countDown();
    try {
      leave.await();
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void lastValuesOfManyTagsByPost() throws Exception {
    String mill = LINE + "many-01";
    plant.send(Topic.TELEMETRY, doubles(mill, "t", Instant.now().getEpochSecond() * 1e6, 7));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> post("{\"tags\":[\"" + mill + "#t\"]}", "viewer").body(),
            // The tag is known a moment before its value
            body -> json.readTree(body).path("values").size() == 1);
    String same =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "\"" + mill + "#t\"")
            .collect(Collectors.joining(","));
    JsonNode values = json.readTree(post("{\"tags\":[" + same + "]}", "viewer").body());
    assertThat(values.path("values")).hasSize(1);
    assertThat(values.path("values").get(0).path("value").asDouble()).isEqualTo(7);

    assertThat(post("{\"tags\":[" + same + ",\"a/b#c\"]}", "viewer").statusCode()).isEqualTo(400);
    assertThat(post("{\"tags\":[null]}", "viewer").statusCode()).isEqualTo(400);
    assertThat(post("{}", "viewer").body()).contains("tags is missing");
    assertThat(post("{\"tags\":[\"acme/none#none\"]}", "viewer").statusCode()).isEqualTo(404);
    assertThat(post("{\"tags\":[]}", "stranger").statusCode()).isEqualTo(403);
  }

  @Test
  void aQuestionByPostHasTheAnswerOfTheSameByUrl() {
    String mill = LINE + "posted-01";
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(mill, "t", NOON, 1, NOON + 30_000_000, 2.5));
    awaitSamples(mill + "#t", 2, "2025-01-01T00:00:00Z");
    String of = "?tag=" + name(mill + "#t");
    String body = "{\"tag\":[\"%s#t\"],%s}";
    String range = "\"from\":\"2025-01-31T12:00:00Z\",\"to\":\"2025-01-31T12:01:40Z\"";
    for (String accept : List.of("application/json", "text/csv")) {
      same(
          "aggregates",
          accept,
          of + RANGE + "&aggregate=Count&aggregate=Average&width=PT10S&stepped=true",
          body.formatted(
              mill,
              range
                  + ",\"aggregate\":[\"Count\",\"Average\"],\"width\":\"PT10S\",\"stepped\":true"));
      same(
          "aligned",
          accept,
          of + RANGE + "&axis=union&limit=1",
          body.formatted(mill, range + ",\"axis\":\"union\",\"limit\":1"));
      same(
          "values-at",
          accept,
          of + "&time=2025-01-31T12:00:10Z&time=2025-01-31T12:00:20Z&fill=simple",
          body.formatted(
              mill,
              "\"time\":[\"2025-01-31T12:00:10Z\",\"2025-01-31T12:00:20Z\"],\"fill\":\"simple\""));
    }
    for (String wrong : List.of("{}", "{\"tag\":[null]}", "{\"tag\":[\"nohash\"]}", "[]", "")) {
      for (String what : List.of("aggregates", "aligned", "values-at")) {
        assertThat(post(what, "application/json", wrong, "viewer").statusCode())
            .as(what + wrong)
            .isEqualTo(400);
      }
    }
  }

  /** Whatever JSON could be taken for: a question by POST is refused as the one by GET is. */
  @Test
  void aQuestionByPostIsRefusedWhatThatByGetIs() {
    Map<String, String> questions =
        Map.of(
            "aggregates", "\"aggregate\":\"Average\",\"width\":\"PT1M\"",
            "aligned", "\"axis\":\"union\"",
            "values-at", "\"time\":\"2025-01-31T12:00:10Z\"");
    String range = "\"from\":\"2025-01-31T12:00:00Z\",\"to\":\"2025-01-31T12:01:40Z\"";
    String begin = "{\"tag\":[\"acme/none#none\"]," + range;
    refused("aggregates", begin + ",%s,\"percentDataBad\":50.9}", questions, "50.9");
    refused("aligned", begin + ",%s,\"limit\":1.9}", questions, "1.9");
    refused("aligned", begin + ",%s,\"limit\":true}", questions, "limit must be");
    refused("values-at", begin + ",%s,\"fill\":[\"simple\",\"simple\"]}", questions, "2 times");
    for (String what : questions.keySet()) {
      refused(what, begin + ",%s,\"stepped\":0}", questions, "stepped must be");
      refused(what, begin + ",%s,\"stepped\":\"\"}", questions, "stepped must be");
      refused(what, begin + ",%s,\"stepped\":{}}", questions, "stepped must be");
      refused(what, "{\"tag\":[[\"a/b#c\"]],%s}", questions, "tag must be");
      refused(what, "[\"tag\"]", questions, "a JSON object");
      refused(what, "{\"tags\":[\"a/b#c\"],%s}", questions, "write \"tag\":[\"path#name\"]");
      assertThat(
              post(
                      what,
                      "application/json",
                      (begin + ",%s,\"later\":1}").formatted(questions.get(what)),
                      "viewer")
                  .statusCode())
          .as("more fields are tolerated; of the tag nothing is known")
          .isEqualTo(404);
    }
    refused("aggregates", begin + "}", questions, "write \"aggregate\":[\"Average\"]");
    refused(
        "aggregates",
        begin + ",\"aggregate\":[\"Count\"]}",
        questions,
        "either \"width\":\"PT1M\" or \"calendar\":\"day\"");
    refused("aligned", begin + "}", questions, "either \"step\":\"PT10S\" or \"axis\":\"union\"");
    refused("values-at", begin + "}", questions, "write \"time\":[\"2026-01-31T06:00:00Z\"]");
    refused("aligned", "{\"tag\":[\"a/b#c\"]}", questions, "write \"from\":\"2026-01-31");
  }

  private void refused(String what, String body, Map<String, String> questions, String because) {
    String whole = body.formatted(questions.get(what));
    HttpResponse<String> answer = post(what, "application/json", whole, "viewer");
    assertThat(answer.statusCode()).as(what + whole + answer.body()).isEqualTo(400);
    assertThat(json.readTree(answer.body()).path("detail").asString())
        .as(what + whole)
        .contains(because);
  }

  private void same(String what, String accept, String query, String body) {
    HttpResponse<String> asked = ask("/api/v1/" + what + query, accept);
    HttpResponse<String> posted = post(what, accept, body, "viewer");
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    assertThat(posted.statusCode()).as(posted.body()).isEqualTo(200);
    assertThat(posted.body()).isEqualTo(asked.body());
  }

  @Test
  void whatCannotBeAnsweredIsAProblem() {
    String mill = LINE + "problems-01";
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        batch(
            mill,
            "text",
            DataType.STRING,
            List.of(new Sample(SampleValue.of("x"), StatusCode.GOOD, NOON, 0))));
    awaitSamples(mill + "#text", 1, "2025-01-01T00:00:00Z");
    String of = "?tag=" + name(mill + "#text") + RANGE;
    Map<String, Integer> statuses = new HashMap<>();
    String none = "?tag=acme/none%23none" + RANGE;
    statuses.put("/api/v1/aggregates" + none + "&aggregate=Count&width=PT1M", 404);
    statuses.put("/api/v1/trends" + none, 404);
    statuses.put("/api/v1/aligned" + none + "&step=PT1M", 404);
    statuses.put("/api/v1/values-at?tag=acme/none%23none&time=2025-01-31T12:00:00Z", 404);
    statuses.put("/api/v1/aggregates" + of + "&aggregate=Average&width=PT1M", 400);
    statuses.put("/api/v1/aggregates" + of + "&aggregate=Count&width=PT0.000001S", 400);
    statuses.put("/api/v1/aggregates" + of + "&aggregate=Count&calendar=day&zone=Nowhere", 400);
    statuses.put("/api/v1/trends" + of + "&method=lttb", 400);
    statuses.put("/api/v1/trends" + of + "&points=1", 400);
    statuses.put("/api/v1/trends" + of + "&method=raw", 400);
    statuses.put("/api/v1/trends" + of.replace("12:01:40", "11:00:00"), 400);
    statuses.put("/api/v1/samples" + of.replace("12:01:40", "12:00:00"), 400);
    statuses.put("/api/v1/samples" + of.replace("12:01:40", "11:00:00"), 400);
    statuses.put("/api/v1/aligned" + of, 400);
    statuses.put("/api/v1/aligned" + of + "&step=PT1M&limit=5", 400);
    statuses.put("/api/v1/last-values?equipment=acme&tag=" + name(mill + "#text"), 400);
    statuses.put("/api/v1/values-at?tag=" + name(mill + "#text"), 400);
    statuses.put("/api/v1/values-at?time=2025-01-31T12:00:00Z", 400);
    statuses.forEach(
        (path, status) -> {
          for (String accept : List.of("application/json", "text/csv")) {
            HttpResponse<String> answer = ask(path, accept);
            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
            assertThat(json.readTree(answer.body()).path("detail").asString()).isNotEmpty();
          }
        });

    for (String path :
        List.of(
            "/api/v1/aggregates" + of + "&aggregate=Count&width=PT1M",
            "/api/v1/samples" + of,
            "/api/v1/trends" + of)) {
      HttpResponse<String> answer = ask(path, "image/png");
      assertThat(answer.statusCode()).as(path).isEqualTo(406);
      assertThat(answer.body())
          .contains("not-acceptable", "application/json", "text/csv", "image/png");
    }
  }

  private void store(String historian, JsonNode node) {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode row : node.path("data")) {
      JsonNode value = row.path("value");
      SampleValue sampleValue =
          value.isNull()
              ? null
              : value.isBoolean()
                  ? SampleValue.of(value.asBoolean())
                  : SampleValue.of(value.asDouble());
      long at = NOON + row.path("offset_ms").asLong() * 1_000;
      samples.add(new Sample(sampleValue, StatusCode.of(code(row)), at, 0));
    }
    DataType type =
        DataType.of(node.path("data_type").asString().toLowerCase(Locale.ROOT)).orElseThrow();
    plant.send(Topic.TELEMETRY_BACKFILL, batch(LINE + "annex-01", historian, type, samples));
    awaitSamples(LINE + "annex-01#" + historian, samples.size(), "2025-01-01T00:00:00Z");
  }

  private int compare(JsonNode entry, Map<String, Double> codes, List<String> differences) {
    String aggregate = entry.path("aggregate").asString();
    JsonNode config = entry.path("config");
    String query =
        "/api/v1/aggregates?tag=%s&aggregate=%s&width=PT%sS&origin=2025-01-31T12:00:00Z"
            .formatted(
                name(LINE + "annex-01#" + entry.path("historian").asString()),
                aggregate,
                config.path("processing_interval_ms").asLong() / 1_000.0);
    query +=
        RANGE
            + "&stepped=%s&treatUncertainAsBad=%s&percentDataBad=%s&percentDataGood=%s&useSlopedExtrapolation=%s"
                .formatted(
                    config.path("stepped").asString(),
                    config.path("treat_uncertain_as_bad").asString(),
                    config.path("percent_data_bad").asString(),
                    config.path("percent_data_good").asString(),
                    config.path("use_sloped_extrapolation").asString());
    List<Integer> flagged = entry.path("flag_rows").valueStream().map(JsonNode::asInt).toList();
    JsonNode buckets = buckets(query);
    int rows = 0;
    for (JsonNode row : entry.path("rows")) {
      int index = row.path("i").asInt();
      JsonNode value = buckets.path(index).path("values").path(aggregate);
      if (!flagged.contains(index)) {
        rows++;
        if (!equal(row, value, codes)) {
          differences.add(
              "%s row %d must be %s but is %s"
                  .formatted(entry.path("id").asString(), index, row, value));
        }
      }
    }
    return rows;
  }

  private static boolean equal(JsonNode row, JsonNode value, Map<String, Double> codes) {
    String printed = row.path("value_text").asString();
    int point = printed.indexOf('.');
    int decimals = point < 0 ? 0 : printed.length() - point - 1;
    JsonNode expected = row.path("value");
    JsonNode actual = value.path("value");
    boolean sameValue =
        expected.isNull() || actual.isNull()
            ? expected.isNull() && actual.isNull()
            : Math.abs(number(expected, codes) - number(actual, codes))
                <= 0.5 * Math.pow(10, -decimals) * (1 + 1e-9);
    int bits = (int) value.path("status").asLong();
    return sameValue
        && micros(value.path("time").asString()) == NOON + offsetMicros(row)
        && (bits & 0xFFFF0000) == code(row)
        && (bits & 0x1F) == row.path("info_bits").asInt();
  }

  /** The end of a bucket is one unit of time before its bound: printed a millisecond, here 1 us. */
  private static long offsetMicros(JsonNode row) {
    long millis = row.path("offset_ms").asLong();
    return millis % 1_000 == 999 ? millis * 1_000 + 999 : millis * 1_000;
  }

  private static double number(JsonNode value, Map<String, Double> codes) {
    if (value.isString()) {
      return codes.getOrDefault(value.asString(), Double.NaN);
    }
    return value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asDouble();
  }

  /** WorstQuality is printed as the name of a code; some row shows its number. */
  private static Map<String, Double> codes(JsonNode entries) {
    Map<String, Double> codes = new HashMap<>();
    for (JsonNode entry : entries) {
      for (JsonNode row : entry.path("rows")) {
        codes.put(row.path("code").asString(), (double) Integer.toUnsignedLong(code(row)));
      }
    }
    return codes;
  }

  private static int code(JsonNode node) {
    return Integer.parseUnsignedInt(node.path("status_hex").asString().substring(2), 16);
  }

  private static Path tables() {
    String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".");
    String data = System.getenv().getOrDefault("LINEWRIGHT_DATA", "../shared/data");
    return Path.of(root).resolve(data).resolve("opcua_part13").toAbsolutePath().normalize();
  }

  private JsonNode buckets(String path) {
    return get(path).path("series").path(0).path("buckets");
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = ask(path, "application/json");
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private String csv(String path) {
    HttpResponse<String> answer = ask(path, "text/csv");
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/csv")
        .contains("header=present");
    return answer.body();
  }

  private HttpResponse<String> ask(String path, String accept) {
    return send(HttpRequest.newBuilder(service.uri(path)).header("Accept", accept), "viewer");
  }

  private HttpResponse<String> post(String body, String role) {
    return post("last-values", "application/json", body, role);
  }

  private HttpResponse<String> post(String what, String accept, String body, String role) {
    return send(
        HttpRequest.newBuilder(service.uri("/api/v1/" + what + "/query"))
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        role);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String role) {
    try {
      return http.send(
          request.header("Authorization", "Bearer " + tokens.token(role)).build(),
          BodyHandlers.ofString());
    } catch (Exception failed) {
      throw new AssertionError("no answer", failed);
    }
  }

  private void awaitSamples(String tag, int count, String from) {
    String path =
        "/api/v1/samples?limit=50000&tag=%s&from=%s&to=2026-02-01T00:00:00Z"
            .formatted(name(tag), from);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> json.readTree(ask(path, "application/json").body()).path("samples").size(),
            size -> size == count);
  }

  private static String name(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8);
  }

  private static long micros(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000;
  }
}
