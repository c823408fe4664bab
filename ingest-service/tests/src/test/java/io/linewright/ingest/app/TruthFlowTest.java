package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.property.Seeded;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people say about samples, and what then counts, over REST and in SQL. */
@ExtendWith(HistorianParameter.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class TruthFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/pressing/line-3/";
  private static final Instant NOON = Instant.parse("2025-01-31T12:00:00Z");
  private static final String RANGE = "&from=2025-01-31T12:00:00Z&to=2025-01-31T13:00:00Z";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestTokens tokens;
  private RunningService service;
  private PlantTraffic plant;
  private JdbcClient jdbc;

  @BeforeAll
  void start(SharedHistorian historian) {
    tokens = historian.tokens();
    service = historian.service();
    plant = new PlantTraffic(historian.kafka().bootstrapServers());
    jdbc = service.context().getBean(JdbcClient.class);
    service.context().getBean(SampleTable.class).ensure(List.of(LocalDate.of(2025, 1, 31)));
  }

  @AfterAll
  void stop() {
    plant.close();
    http.close();
  }

  @Test
  void correctionsCountInAllRoutesAndTheRawValuesStay() {
    String tag = LINE + "press-01#force";
    store(tag, 10);
    List<JsonNode> raw = samples(tag, "&truth=raw");

    JsonNode made =
        read(
            201,
            correct(
                "first",
                """
                {"reason": "sensor was loose", "corrections": [
                  {"tag": "%1$s", "kind": "replace", "time": "2025-01-31T12:00:01Z", "value": 100},
                  {"tag": "%1$s", "kind": "replace", "time": "2025-01-31T12:00:02Z", "status": "Bad"},
                  {"tag": "%1$s", "kind": "insert", "time": "2025-01-31T12:00:01Z", "ordinal": 1,
                   "value": 7.5, "status": "0x40900000"},
                  {"tag": "%1$s", "kind": "delete", "time": "2025-01-31T12:00:03Z"},
                  {"tag": "%1$s", "kind": "delete", "from": "2025-01-31T12:00:05Z", "to": "2025-01-31T12:00:08Z"}]}
                """
                    .formatted(tag)));
    assertThat(made.path("corrections")).hasSize(5);
    assertThat(made.path("reason").asString()).isEqualTo("sensor was loose");

    assertThat(values(tag, "")).containsExactly("0.0", "100.0", "7.5", "null", "4.0", "8.0", "9.0");
    assertThat(samples(tag, "&truth=raw")).isEqualTo(raw);
    JsonNode inserted = samples(tag, "").get(2);
    assertThat(inserted.path("status").asLong()).isEqualTo(0x40900000L);
    assertThat(inserted.path("ingestTime")).isEqualTo(made.path("recordedAt"));

    String of = "?tag=" + name(tag) + RANGE;
    assertThat(count("/api/v1/aggregates" + of + "&aggregate=Count&width=PT1H")).isEqualTo(5);
    assertThat(count("/api/v1/aggregates" + of + "&aggregate=Count&width=PT1H&truth=raw"))
        .isEqualTo(10);
    assertThat(get("/api/v1/trends" + of).path("samples")).hasSize(7);
    assertThat(get("/api/v1/trends" + of + "&truth=raw").path("samples")).hasSize(10);
    String at = "/api/v1/values-at?fill=last-known&tag=" + name(tag) + "&time=2025-01-31T12:00:07Z";
    assertThat(first(get(at)).path("value").asDouble()).isEqualTo(4);
    assertThat(first(get(at + "&truth=raw")).path("value").asDouble()).isEqualTo(7);
    String aligned = "/api/v1/aligned" + of + "&axis=union&fill=last-known";
    assertThat(get(aligned).path("rows")).hasSize(6);
    assertThat(get(aligned + "&truth=raw").path("rows")).hasSize(10);

    // What was said of each value, also of those that do not count
    List<JsonNode> told = samples(tag, "&truth=raw&corrections=true");
    assertThat(told.get(0).path("corrections")).isEmpty();
    assertThat(told.get(1).path("corrections").get(0).path("value").asDouble()).isEqualTo(100);
    JsonNode deletion = told.get(6).path("corrections").get(0);
    assertThat(deletion.path("kind").asString()).isEqualTo("delete");
    assertThat(deletion.path("to").asString()).isEqualTo("2025-01-31T12:00:08.000000Z");
    assertThat(deletion.path("reason").asString()).isEqualTo("sensor was loose");
    assertThat(deletion.path("by")).isEqualTo(made.path("by"));

    read(
        201,
        correct(
            "second",
            """
            {"reason": "it was right", "corrections": [
              {"tag": "%1$s", "kind": "restore", "time": "2025-01-31T12:00:06Z"},
              {"tag": "%1$s", "kind": "restore", "from": "2025-01-31T12:00:00Z", "to": "2025-01-31T12:00:03Z"}]}
            """
                .formatted(tag)));
    assertThat(values(tag, "")).containsExactly("0.0", "1.0", "2.0", "4.0", "6.0", "8.0", "9.0");

    JsonNode page = get("/api/v1/corrections?tag=" + name(tag) + "&limit=3");
    assertThat(versions(page)).containsExactly(7L, 6L, 5L);
    page =
        get(
            "/api/v1/corrections?tag="
                + name(tag)
                + "&limit=9&cursor="
                + page.path("next").asString());
    assertThat(versions(page)).containsExactly(4L, 3L, 2L, 1L);
    assertThat(page.path("next").isNull()).isTrue();
    String touched = "&from=2025-01-31T12:00:07Z&to=2025-01-31T12:00:08Z";
    assertThat(versions(get("/api/v1/corrections?tag=" + name(tag) + touched))).containsExactly(5L);
  }

  @Test
  void aRequestIsMadeOnceAndAsAWhole() {
    String tag = LINE + "press-02#force";
    store(tag, 3);
    String body =
        """
        {"reason": "typed wrongly", "corrections": [
          {"tag": "%1$s", "kind": "replace", "time": "2025-01-31T12:00:01Z", "value": %2$s}]}
        """;
    JsonNode made = read(201, correct("once", body.formatted(tag, 5)));
    assertThat(read(200, correct("once", body.formatted(tag, 5)))).isEqualTo(made);
    assertThat(problem(422, correct("once", body.formatted(tag, 6))))
        .contains("idempotency-key-reused");
    assertThat(versions(get("/api/v1/corrections?tag=" + name(tag)))).containsExactly(1L);

    HttpResponse<String> refused =
        correct(
            "partly",
            """
            {"reason": "x", "corrections": [
              {"tag": "%1$s", "kind": "delete", "time": "2025-01-31T12:00:00Z"},
              {"tag": "%1$s", "kind": "delete", "time": "2025-01-31T12:00:00Z"},
              {"tag": "%1$s", "kind": "insert", "time": "2025-01-31T12:00:02Z", "value": 1},
              {"tag": "%1$s", "kind": "replace", "time": "2025-01-31T12:00:00.5Z", "value": 1}]}
            """
                .formatted(tag));
    assertThat(problem(422, refused)).contains("corrections-refused", "3 of 4", "none was");
    JsonNode refusals = json.readTree(refused.body()).path("refusals");
    assertThat(refusals.valueStream().map(one -> one.path("item").asInt()))
        .containsExactly(1, 2, 3);
    assertThat(refusals.get(1).path("reason").asString()).contains("replace it");
    assertThat(values(tag, "")).containsExactly("0.0", "5.0", "2.0");
  }

  @Test
  void whatCannotBeCorrectedIsAProblem() {
    String tag = LINE + "press-03#force";
    store(tag, 3);
    String one = "{\"reason\": \"x\", \"corrections\": [{\"tag\": \"" + tag + "\", %s}]}";
    String time = "\"time\": \"2025-01-31T12:00:01Z\", ";
    assertThat(problem(400, correct("p1", "{\"corrections\": [{}]}"))).contains("reason must say");
    assertThat(problem(400, correct("p2", "{\"reason\": \"x\"}"))).contains("1 to 1000 items");
    assertThat(problem(400, correct("p3", "{\"reason\": \"x\", \"corrections\": [null]}")))
        .contains("corrections[0]");
    assertThat(problem(400, correct("p4", one.formatted("\"kind\": \"erase\"")))).contains("erase");
    assertThat(problem(400, correct("p5", one.formatted("\"kind\": \"delete\""))))
        .contains("write either time");
    assertThat(problem(400, correct("p6", one.formatted(time + "\"kind\": \"replace\""))))
        .contains("value is missing");
    assertThat(
            problem(400, correct("p7", one.formatted(time + "\"kind\": \"delete\", \"value\": 1"))))
        .contains("neither value nor status");
    assertThat(
            problem(
                400, correct("p8", one.formatted(time + "\"kind\": \"insert\", \"ordinal\": -1"))))
        .contains("ordinal must be");
    assertThat(
            problem(
                400,
                correct(
                    "p9", one.formatted(time + "\"kind\": \"replace\", \"status\": \"Splendid\""))))
        .contains("Splendid");
    assertThat(
            problem(
                422,
                correct("p10", one.formatted(time + "\"kind\": \"replace\", \"value\": \"wet\""))))
        .contains("must be a number");
    assertThat(
            problem(
                422,
                correct(
                    "p11",
                    one.formatted(
                        "\"time\": \"2999-01-01T00:00:00Z\", \"kind\": \"insert\", \"value\": 1"))))
        .contains("cannot be inserted later than");
    assertThat(
            problem(
                422,
                correct(
                    "p12",
                    one.replace(tag, "acme/no#tag").formatted(time + "\"kind\": \"delete\""))))
        .contains("no such tag");

    String fine = one.formatted(time + "\"kind\": \"delete\"");
    assertThat(
            problem(
                403, send("POST", "/api/v1/corrections", "p13", fine, tokens.token("operator"))))
        .contains("forbidden");
    String elsewhere = tokens.tokenOf("eve", List.of("acme/graz/painting"), "admin");
    assertThat(problem(422, send("POST", "/api/v1/corrections", "p14", fine, elsewhere)))
        .contains("no such tag");
    assertThat(send("POST", "/api/v1/corrections", null, fine, tokens.token("admin")).statusCode())
        .isEqualTo(400);
    assertThat(problem(404, ask("/api/v1/corrections?tag=acme/no%23tag"))).contains("no tag");
    assertThat(problem(400, ask("/api/v1/samples?truth=false&tag=" + name(tag)))).contains("raw");
    assertThat(values(tag, "")).hasSize(3);
  }

  @Test
  void whatComesLateIntoADeletedRangeStaysOut() {
    String press = LINE + "press-04";
    String tag = press + "#force";
    store(tag, 2);
    read(
        201,
        correct(
            "late",
            """
            {"reason": "maintenance", "corrections": [
              {"tag": "%s", "kind": "delete", "from": "2025-01-31T12:00:01Z", "to": "2025-01-31T12:00:30Z"}]}
            """
                .formatted(tag)));
    double late = micros(NOON.plusSeconds(20));
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(press, "force", late, 20, late + 15e6, 35));

    Awaitility.await().atMost(PATIENCE).until(() -> values(tag, "&truth=raw").size() == 4);
    assertThat(values(tag, "")).containsExactly("0.0", "35.0");
  }

  @Test
  void pagesShowWhatWasSaidBeforeTheFirst() {
    String tag = LINE + "press-05#force";
    store(tag, 6);
    String delete =
        """
        {"reason": "x", "corrections": [{"tag": "%s", "kind": "delete", "time": "2025-01-31T12:00:0%dZ"}]}
        """;
    read(201, correct("page-1", delete.formatted(tag, 4)));
    JsonNode first = get("/api/v1/samples?limit=2&tag=" + name(tag) + RANGE);
    read(201, correct("page-2", delete.formatted(tag, 3)));
    String cursor = first.path("next").asString();

    JsonNode second = get("/api/v1/samples?limit=9&cursor=" + cursor);
    assertThat(second.path("samples").valueStream().map(one -> one.path("value").asDouble()))
        .containsExactly(2.0, 3.0, 5.0);
    assertThat(values(tag, "")).containsExactly("0.0", "1.0", "2.0", "5.0");
    assertThat(problem(400, ask("/api/v1/samples?truth=raw&cursor=" + cursor)))
        .contains("belongs to truth=effective");
  }

  @Test
  void nothingThatWasSaidCanBeChanged() {
    String tag = LINE + "press-06#force";
    store(tag, 1);
    read(
        201,
        correct(
            "kept",
            """
            {"reason": "x", "corrections": [{"tag": "%s", "kind": "delete", "time": "2025-01-31T12:00:00Z"}]}
            """
                .formatted(tag)));
    for (String change :
        List.of(
            "UPDATE correction SET kind = 'restore'",
            "DELETE FROM correction",
            "UPDATE correction_request SET reason = 'y'",
            "TRUNCATE annotation")) {
      assertThatThrownBy(() -> jdbc.sql(change).update())
          .isInstanceOf(DataAccessException.class)
          .hasMessageContaining("never changed");
    }
  }

  /** The function of SQL, pages, and look-ups backwards give the same, whatever was said. */
  @Test
  void theSeriesInSqlIsTheSeriesOverRest() {
    Seeded.check(
        6,
        random -> {
          String tag = LINE + "press-" + UUID.randomUUID() + "#force";
          store(tag, 0);
          int id = id(tag);
          fill(id, random);
          String sum =
              "SELECT md5(string_agg(s::text, ',' ORDER BY s)) FROM sample s WHERE tag_id = ?";
          String before = jdbc.sql(sum).param(id).query(String.class).single();
          for (int round = 0; round < 4; round++) {
            say(id, random);
            List<String> inSql = inSql(id, 0, 60);
            assertThat(paged(tag, 1 + random.nextInt(40))).isEqualTo(inSql);
            assertThat(inTensOfSeconds(id)).isEqualTo(inSql);
            int from = random.nextInt(50);
            assertThat(inSql(id, from, from + 9))
                .isEqualTo(inSql.stream().filter(one -> within(one, from, from + 9)).toList());
            backwards(tag, inSql, random);
            answersAreThoseOfOneWhoNeverErred(tag, random);
          }
          assertThat(jdbc.sql(sum).param(id).query(String.class).single()).isEqualTo(before);
        });
  }

  /** A reader of the function does what a reader of the table does, and touches the same days. */
  @Test
  void theFunctionIsInlined() {
    String tag = LINE + "press-07#force";
    store(tag, 5);
    service.context().getBean(SampleTable.class).ensure(List.of(LocalDate.of(2025, 2, 1)));
    String range = "'2025-01-31T12:00:00Z', '2025-01-31T13:00:00Z'";
    String plan = plan("SELECT count(*) FROM effective_sample(%d, %s)".formatted(id(tag), range));
    assertThat(plan).doesNotContain("Function Scan").doesNotContain("sample_20250201");
    assumeThat(service.context().getBean(SampleTable.class).flavour())
        .as("TimescaleDB numbers its chunks")
        .isEqualTo("plain");
    assertThat(plan).contains("sample_20250131");
    String ofMany =
        "SELECT * FROM unnest('{%1$d}'::int[]) AS t (tag) CROSS JOIN LATERAL (SELECT * FROM"
            + " effective_sample(t.tag, to_timestamp(t.tag), to_timestamp(t.tag * 60::float8))"
            + " WHERE source_time >= '2025-01-31Z' AND source_time < '2025-02-01Z') s";
    assertThat(plan(ofMany.formatted(id(tag))))
        .contains("sample_20250131")
        .doesNotContain("sample_20250201");
  }

  private String plan(String sql) {
    return String.join("\n", jdbc.sql("EXPLAIN " + sql).query((row, n) -> row.getString(1)).list());
  }

  /** Every tenth of a second a sample, or none, or two. */
  private void fill(int id, RandomGenerator random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      for (int ordinal = 0; ordinal < random.nextInt(3); ordinal++) {
        rows.add(
            new Object[] {
              id,
              NOON.toString(),
              i,
              ordinal,
              random.nextInt(4) == 0 ? Integer.MIN_VALUE : 0,
              random.nextInt(100) + 0.5
            });
      }
    }
    service
        .context()
        .getBean(JdbcTemplate.class)
        .batchUpdate(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            VALUES (?, ?::timestamptz + ? * interval '0.1 s', ?, ?, ?, '2025-01-30T00:00:00Z', '2025-01-30T00:00:00Z')
            """,
            rows);
  }

  /** Random words, whether they make sense or not; written past the judge. */
  private void say(int id, RandomGenerator random) {
    UUID request = UUID.randomUUID();
    jdbc.sql("INSERT INTO correction_request VALUES (?, 'test', ?, 'test', '', now())")
        .params(request, request.toString())
        .update();
    for (int i = 0; i < 30; i++) {
      jdbc.sql(
              """
              INSERT INTO corrected_tag VALUES (?, 1)
              ON CONFLICT (tag_id) DO UPDATE SET version = corrected_tag.version + 1
              """)
          .param(id)
          .update();
      String kind = List.of("replace", "insert", "delete", "restore").get(random.nextInt(4));
      boolean sets = kind.equals("replace") || kind.equals("insert");
      boolean range = !sets && random.nextBoolean();
      int begin = random.nextInt(600);
      jdbc.sql(
              """
              INSERT INTO correction (tag_id, version, kind, source_time, end_time, ordinal, status,
                                      number, request_id, recorded_at)
              SELECT ?, version, ?, ?::timestamptz + ? * interval '0.1 s',
                CASE WHEN ? THEN ?::timestamptz + ? * interval '0.1 s' END,
                CASE WHEN NOT ? THEN ? END::smallint, CASE WHEN ? THEN 0 END, CASE WHEN ? THEN ? END,
                ?, now()
              FROM corrected_tag WHERE tag_id = ?
              """)
          .params(
              id,
              kind,
              NOON.toString(),
              begin,
              range,
              NOON.toString(),
              begin + 1 + random.nextInt(200),
              range,
              random.nextInt(3),
              sets,
              sets,
              random.nextInt(100) + 0.5,
              request,
              id)
          .update();
    }
  }

  private List<String> inSql(int id, int fromSecond, int toSecond) {
    return jdbc.sql(
            """
            SELECT to_char(source_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' '
              || ordinal || ' ' || number
            FROM effective_sample(?, ?::timestamptz, ?::timestamptz) ORDER BY source_time, ordinal
            """)
        .params(id, NOON.plusSeconds(fromSecond).toString(), NOON.plusSeconds(toSecond).toString())
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** As whoever recomputes many stretches of time at once asks. */
  private List<String> inTensOfSeconds(int id) {
    return jdbc.sql(
            """
            SELECT to_char(s.source_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' '
              || s.ordinal || ' ' || s.number
            FROM generate_series(0, 50, 10) AS r (f) CROSS JOIN LATERAL effective_sample(
              ?, ?::timestamptz + r.f * interval '1 s', ?::timestamptz + (r.f + 10) * interval '1 s') s
            ORDER BY s.source_time, s.ordinal
            """)
        .params(id, NOON.toString(), NOON.toString())
        .query((row, n) -> row.getString(1))
        .list();
  }

  private static boolean within(String row, int fromSecond, int toSecond) {
    Instant time = Instant.parse(row.substring(0, row.indexOf(' ')));
    return !time.isBefore(NOON.plusSeconds(fromSecond))
        && time.isBefore(NOON.plusSeconds(toSecond));
  }

  private List<String> paged(String tag, int limit) {
    List<String> rows = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/api/v1/samples?limit=" + limit + "&tag=" + name(tag) + RANGE + cursor);
      page.path("samples").forEach(one -> rows.add(row(one)));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
    } while (!cursor.isEmpty());
    return rows;
  }

  private static String row(JsonNode sample) {
    return "%s %d %s"
        .formatted(
            sample.path("time").asString(),
            sample.path("ordinal").asInt(),
            sample.path("value").asDouble());
  }

  /** The last values before some instants, which are looked for from the newest on. */
  private void backwards(String tag, List<String> rows, RandomGenerator random) {
    for (int i = 0; i < 5; i++) {
      Instant before = NOON.plusMillis(random.nextInt(60_000));
      List<String> earlier =
          rows.stream()
              .filter(row -> Instant.parse(row.substring(0, row.indexOf(' '))).isBefore(before))
              .toList();
      JsonNode trend =
          get("/api/v1/trends?tag=%s&from=%s&to=2025-01-31T13:00:00Z".formatted(name(tag), before));
      if (earlier.isEmpty()) {
        assertThat(trend.path("before").isNull()).isTrue();
      } else {
        assertThat(row(trend.path("before"))).isEqualTo(earlier.getLast());
      }
    }
  }

  /** All routes answer as if the values that count had come like that. */
  private void answersAreThoseOfOneWhoNeverErred(String tag, RandomGenerator random) {
    String other = LINE + "press-" + UUID.randomUUID() + "#force";
    store(other, 0);
    jdbc.sql(
            """
            INSERT INTO sample
            SELECT ?, source_time, ordinal, status, number, integer, bool, text, bytes,
              '2025-01-30T00:00:00Z', '2025-01-30T00:00:00Z'
            FROM effective_sample(?, '2025-01-31T00:00:00Z', '2025-02-01T00:00:00Z')
            """)
        .params(id(other), id(tag))
        .update();
    String times = "";
    for (int i = 0; i < 10; i++) {
      times += "&time=" + NOON.plusMillis(random.nextInt(60_000));
    }
    String range =
        "&from=%s&to=%s"
            .formatted(
                NOON.plusMillis(random.nextInt(30_000)),
                NOON.plusMillis(30_000 + random.nextInt(40_000)));
    for (String question :
        List.of(
            "/api/v1/values-at?fill=interpolated" + times,
            "/api/v1/values-at?fill=simple" + times,
            "/api/v1/values-at?fill=last-known&treatUncertainAsBad=false" + times,
            "/api/v1/aggregates?width=PT7S&aggregate=Interpolative&aggregate=TimeAverage&aggregate=Total2"
                + "&aggregate=Count&aggregate=Maximum&aggregate=PercentGood&aggregate=Delta"
                + range,
            "/api/v1/trends?points=20" + range,
            "/api/v1/trends?points=1000" + range,
            "/api/v1/aligned?step=PT3S" + range,
            "/api/v1/aligned?axis=union&fill=last-known" + range)) {
      assertThat(ask(question + "&tag=" + name(tag)).body().replace(tag, other))
          .as(question)
          .isEqualTo(ask(question + "&tag=" + name(other)).body());
    }
  }

  @Test
  void manyAtOnceAreMadeOneAfterTheOther() throws Exception {
    String tag = LINE + "press-08#force";
    store(tag, 1);
    String body =
        """
        {"reason": "x", "corrections": [
          {"tag": "%s", "kind": "replace", "time": "2025-01-31T12:00:00Z", "value": %d}]}
        """;
    List<Integer> statuses = new ArrayList<>();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i / 2; // each twice
        answers.add(workers.submit(() -> correct("many" + number, body.formatted(tag, number))));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        statuses.add(answer.get().statusCode());
      }
    }
    assertThat(statuses).containsOnly(200, 201);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(10);
    assertThat(versions(get("/api/v1/corrections?tag=" + name(tag))))
        .containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void aThousandFitIntoARequest() {
    String tag = LINE + "press-09#force";
    store(tag, 1_500);
    String items =
        IntStream.range(0, 1_001)
            .mapToObj(
                i ->
                    "{\"tag\": \"%s\", \"kind\": \"%s\", \"time\": \"%s\"}"
                        .formatted(tag, i < 1_000 ? "delete" : "restore", NOON.plusSeconds(i)))
            .collect(Collectors.joining(","));
    assertThat(
            problem(
                400, correct("thousand", "{\"reason\": \"x\", \"corrections\": [" + items + "]}")))
        .contains("1 to 1000 items");
    items = items.substring(0, items.lastIndexOf(",{"));
    read(201, correct("thousand", "{\"reason\": \"x\", \"corrections\": [" + items + "]}"));
    assertThat(samples(tag, "&limit=2000")).hasSize(500);
    assertThat(samples(tag, "&limit=2000&truth=raw")).hasSize(1_500);
  }

  /** Registers a tag and stores a value each second from noon on: 0, 1, 2 … */
  private void store(String tag, int count) {
    int hash = tag.indexOf('#');
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES (?, ?, 'double')")
        .params(tag.substring(0, hash), tag.substring(hash + 1))
        .update();
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            SELECT ?, ?::timestamptz + n * interval '1 s', 0, 0, n, '2025-01-30T00:00:00Z', '2025-01-30T00:00:00Z'
            FROM generate_series(0, ? - 1) n
            """)
        .params(id(tag), NOON.toString(), count)
        .update();
  }

  private int id(String tag) {
    return jdbc.sql("SELECT id FROM tag WHERE path || '#' || name = ?")
        .param(tag)
        .query(Integer.class)
        .single();
  }

  private List<JsonNode> samples(String tag, String more) {
    return get("/api/v1/samples?tag=" + name(tag) + RANGE + more)
        .path("samples")
        .valueStream()
        .toList();
  }

  private List<String> values(String tag, String more) {
    return samples(tag, more).stream().map(one -> one.path("value").toString()).toList();
  }

  private static List<Long> versions(JsonNode page) {
    return page.path("corrections").valueStream().map(c -> c.path("version").asLong()).toList();
  }

  private int count(String path) {
    return get(path)
        .path("series")
        .get(0)
        .path("buckets")
        .get(0)
        .path("values")
        .path("Count")
        .path("value")
        .asInt();
  }

  private static JsonNode first(JsonNode instants) {
    return instants.path("series").get(0).path("values").get(0);
  }

  private HttpResponse<String> correct(String key, String body) {
    return send("POST", "/api/v1/corrections", key, body, tokens.token("admin"));
  }

  private JsonNode get(String path) {
    return read(200, ask(path));
  }

  private HttpResponse<String> ask(String path) {
    return send("GET", path, null, "", tokens.token("viewer"));
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
      String method, String path, @Nullable String key, String body, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri(path))
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token);
    if (key != null) {
      request.header("Idempotency-Key", key);
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

  private static double micros(Instant time) {
    return time.getEpochSecond() * 1e6;
  }
}
