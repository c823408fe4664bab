package io.linewright.ingest.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.HistorianDatabase;
import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.PlantTraffic;
import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.event.EventTypes;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of the past, through REST and Kafka into the table and back. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
@SuppressWarnings("NullAway.Init") // set before the first test
class ImportFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/milling/line-9/";
  private static final String MARCH = "from=1995-03-01T00:00:00Z&to=1995-04-01T00:00:00Z";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private TestKafka kafka;
  private HistorianDatabase database;
  private TestTokens tokens;
  private RunningService service;

  @BeforeAll
  void start(TestPostgres postgres) throws Exception {
    // Of its own: whoever comes after would have to store all these years, too.
    kafka = TestKafka.start();
    database = HistorianDatabase.create(postgres, "imports");
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    service = startService();
  }

  @AfterAll
  void stop() throws SQLException {
    service.close();
    kafka.close();
    tokens.close();
    http.close();
    database.close();
  }

  private RunningService startService() {
    List<String> properties = new ArrayList<>(database.properties());
    properties.add("linewright.service.instance=imports");
    properties.add("linewright.ingest.quarantine-records=150");
    properties.add("linewright.ingest.retention.partner=30d");
    properties.add("linewright.ingest.imports.at-once=1");
    properties.add("linewright.ingest.imports.max-refusals=300");
    properties.add("linewright.ingest.imports.max-size=24MB");
    return RunningService.start(
        IngestServiceApplication.builder(),
        kafka,
        database.database(),
        tokens,
        properties.toArray(String[]::new));
  }

  @Test
  void fiftyThousandRowsComeBackAndTheSameFileAgainChangesNothing() {
    String machine = LINE + "mill-01";
    int count = 50_000;
    create(machine + "#speed", "double", "Cel");
    byte[] file = Files.bytes(Files.rows(machine, count));

    HttpResponse<String> answer = send("first", MARCH, BodyPublishers.ofByteArray(file));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode told = read(answer);
    int refused = Files.refused(count);
    int repeated = Files.repeated(count);
    int accepted = count - refused - repeated;
    assertThat(told.path("state").asString()).isEqualTo("complete");
    assertThat(told.path("rows").asInt()).isEqualTo(count);
    assertThat(told.path("accepted").asInt()).isEqualTo(accepted);
    assertThat(told.path("refused").asInt()).isEqualTo(refused);
    assertThat(told.path("repeated").asInt()).isEqualTo(repeated);
    assertThat(told.path("bytes").asInt()).isEqualTo(file.length);
    assertThat(told.path("refusals")).hasSize(20);
    assertThat(told.path("refusals").get(0).path("line").asInt()).isEqualTo(2);
    assertThat(told.path("refusals").get(0).path("reason").asString()).contains("there is no tag");
    String path = answer.headers().firstValue("Location").orElseThrow();
    JsonNode stored = awaitStored(path);

    List<JsonNode> samples = samples(machine + "#speed");
    assertThat(samples).hasSize(accepted);
    assertThat(samples.getFirst().path("time").asString()).isEqualTo("1995-03-01T00:00:01.000000Z");
    assertThat(samples.getFirst().path("value").asDouble()).isEqualTo(0.5);
    assertThat(samples.get(2).path("value").isNull()).isTrue();
    assertThat(samples.get(2).path("status").asLong()).isEqualTo(0x809B0000L);
    assertThat(samples).allSatisfy(one -> assertThat(one.path("ordinal").asInt()).isZero());
    assertThat(quarantined(machine)).isZero();

    HttpResponse<String> again = send("first", MARCH, BodyPublishers.ofByteArray(file));
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(read(again)).isEqualTo(stored);

    long repeats = books().duplicatesDropped();
    HttpResponse<String> other =
        send("second", MARCH, BodyPublishers.ofByteArray(Files.gzip(file)), "application/gzip");
    assertThat(other.statusCode()).as(other.body()).isEqualTo(202);
    assertThat(read(other).path("id")).isNotEqualTo(told.path("id"));
    assertThat(read(other).path("sha256")).isEqualTo(told.path("sha256"));
    awaitStored(other.headers().firstValue("Location").orElseThrow());
    assertThat(samples(machine + "#speed")).isEqualTo(samples);
    assertThat(books().duplicatesDropped() - repeats).isGreaterThanOrEqualTo(accepted);

    allRefusalsArePaged(path, refused);
  }

  private void allRefusalsArePaged(String path, int refused) {
    List<Long> lines = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(path + "/refusals?limit=90" + cursor);
      assertThat(page.path("refused").asInt()).isEqualTo(refused);
      assertThat(page.path("kept").asInt()).isEqualTo(300);
      page.path("refusals").forEach(one -> lines.add(one.path("line").asLong()));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
    } while (!cursor.isEmpty());
    assertThat(lines).hasSize(300).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anImportGoesOnWhereTheServiceWasEnded() throws Exception {
    String machine = LINE + "mill-02";
    int count = 70_000;
    create(machine + "#speed", "double", "1");
    byte[] file = Files.bytes(Files.rows(machine, count));
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean ending = new AtomicBoolean();
    AtomicInteger pieces = new AtomicInteger();
    CompletableFuture<HttpResponse<String>> upload =
        http.sendAsync(
            request(
                    "ended",
                    MARCH,
                    BodyPublishers.ofInputStream(
                        () ->
                            Files.interrupted(
                                file,
                                file.length / 2,
                                () -> {
                                  if (!ending.get() && byKey("ended").path("rows").asInt() > 0) {
                                    ending.set(true);
                                    Thread.ofVirtual()
                                        .start(
                                            () -> {
                                              service.close();
                                              ended.countDown();
                                            });
                                  }
                                  if (pieces.incrementAndGet() < 1_000) {
                                    await(ended, 5);
                                  }
                                })))
                .build(),
            BodyHandlers.ofString());
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    upload.handle((answer, failure) -> "whatever").get(60, TimeUnit.SECONDS);

    service = startService();
    JsonNode cut = byKey("ended");
    assertThat(cut.path("state").asString()).isEqualTo("interrupted");
    assertThat(cut.path("rows").asInt()).isBetween(20_000, count - 1);

    HttpResponse<String> again = send("ended", MARCH, BodyPublishers.ofByteArray(file));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    JsonNode told = read(again);
    assertThat(told.path("id")).isEqualTo(cut.path("id"));
    assertThat(told.path("attempts").asInt()).isEqualTo(2);
    assertThat(told.path("rows").asInt()).isEqualTo(count);
    assertThat(told.path("refused").asInt()).isEqualTo(Files.refused(count));
    assertThat(told.path("repeated").asInt()).isEqualTo(Files.repeated(count));
    awaitStored("/api/v1/imports/" + told.path("id").asString());
    assertThat(samples(machine + "#speed")).hasSize(told.path("accepted").asInt());
    assertThat(quarantined(machine)).isZero();
  }

  @Test
  void aBrokenUploadIsSeenAndGoesOnButNotWithAnotherFile() {
    String machine = LINE + "mill-03";
    int count = 45_000;
    create(machine + "#speed", "double", "1");
    byte[] file = Files.bytes(Files.rows(machine, count));
    CompletableFuture<HttpResponse<String>> upload =
        http.sendAsync(
            request(
                    "broken",
                    MARCH,
                    BodyPublishers.ofInputStream(
                        () ->
                            Files.interrupted(
                                file,
                                file.length / 2,
                                () -> {
                                  throw new IOException("the cable was pulled");
                                })))
                .build(),
            BodyHandlers.ofString());
    assertThat(upload.handle((answer, failure) -> failure != null).join()).isTrue();
    JsonNode cut =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> byKey("broken"), one -> one.path("state").asString().equals("interrupted"));
    awaitIdle();
    assertThat(cut.path("cause").asString()).contains("connection");
    assertThat(cut.path("rows").asInt()).isEqualTo(ImportRun.STRETCH);

    byte[] other = Files.bytes(Files.rows(LINE + "mill-33", count));
    HttpResponse<String> wrong = send("broken", MARCH, BodyPublishers.ofByteArray(other));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("idempotency-key-reused");
    HttpResponse<String> terms =
        send("broken", MARCH + "&create=true", BodyPublishers.ofByteArray(file));
    assertThat(terms.statusCode()).isEqualTo(422);
    assertThat(terms.body()).contains("other parameters");

    HttpRequest.Builder packed =
        request("broken", MARCH, BodyPublishers.ofByteArray(Files.gzip(file)))
            .header("Content-Encoding", "gzip");
    HttpResponse<String> again = send(packed);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    assertThat(read(again).path("rows").asInt()).isEqualTo(count);
    awaitStored("/api/v1/imports/" + read(again).path("id").asString());
    assertThat(samples(machine + "#speed")).hasSize(read(again).path("accepted").asInt());

    HttpResponse<String> complete = send("broken", MARCH, BodyPublishers.ofByteArray(other));
    assertThat(complete.statusCode()).isEqualTo(422);
    assertThat(byKey("broken").path("state").asString()).isEqualTo("complete");
  }

  @Test
  void onlySoManyAtATime() throws Exception {
    awaitIdle();
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    byte[] file = Files.bytes(Files.rows(LINE + "mill-04", 5_000));
    CompletableFuture<HttpResponse<String>> slow =
        http.sendAsync(
            request(
                    "slow",
                    MARCH,
                    BodyPublishers.ofInputStream(
                        () ->
                            Files.interrupted(
                                file,
                                file.length / 2,
                                () -> {
                                  waiting.countDown();
                                  await(release, 10_000);
                                })))
                .build(),
            BodyHandlers.ofString());
    assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> byKey("slow").path("state").asString().equals("receiving"));

    HttpResponse<String> second = send("fast", MARCH, BodyPublishers.ofByteArray(file));
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.body()).contains("too-many-imports");
    assertThat(second.headers().firstValue("Retry-After")).isPresent();

    release.countDown();
    assertThat(slow.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
  }

  @Test
  void whatIsNoFileOfValuesIsRefusedWithTheReason() {
    String good = LINE + "mill-05#speed,1995-03-01T00:00:00Z,1\n";
    String header = "tag,time,value\n";
    assertRefused(
        422, "unreadable-import", "column 'value'", Files.bytes("tag,time\n1,2\n"), false);
    assertRefused(422, "unreadable-import", "there is no column", Files.bytes(good), false);
    assertRefused(422, "unreadable-import", "the file is empty", new byte[0], false);
    assertRefused(
        422,
        "unreadable-import",
        "line 2: the record that begins here is longer",
        Files.bytes(header + "x".repeat(1 << 20) + ",1995-03-01T00:00:00Z,1\n" + good),
        false);
    assertRefused(
        422, "unreadable-import", "line 1: the record", Files.gzip(new byte[48 << 20]), true);
    byte[] packed = Files.gzip(Files.bytes(header + good.repeat(2_000)));
    assertRefused(422, "unreadable-import", "gzip", Arrays.copyOf(packed, packed.length / 2), true);
    assertRefused(422, "unreadable-import", "gzip", Files.bytes(header + good), true);
    byte[] latin =
        (header + "Gr\u00f6\u00dfe#a,1995-03-01T00:00:00Z,1\na\0b,c,d\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    JsonNode rows = read(send("latin", MARCH, BodyPublishers.ofByteArray(latin)));
    assertThat(rows.path("refused").asInt()).isEqualTo(2);
    assertThat(rows.path("refusals").get(0).path("reason").asString()).contains("not UTF-8");
    assertThat(rows.path("refusals").get(1).path("reason").asString()).contains("NUL");
  }

  private void assertRefused(int status, String code, String reason, byte[] file, boolean gzip) {
    String key = "hostile-" + reason.hashCode() + "-" + file.length;
    HttpResponse<String> answer =
        send(
            key,
            MARCH,
            BodyPublishers.ofByteArray(file),
            gzip ? "application/gzip" : "text/csv; charset=utf-8");
    assertThat(answer.statusCode()).as(reason + ": " + answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("urn:linewright:problem:" + code).contains(reason);
    assertThat(byKey(key).path("state").asString()).isEqualTo("failed");
    assertThat(byKey(key).path("cause").asString()).contains(reason);
  }

  /** A few kilobytes of gzip are gigabytes of them. */
  @Test
  void whatHasNoRowsIsBounded() {
    String machine = LINE + "mill-08";
    create(machine + "#speed", "double", "1");
    byte[] rows = Files.bytes("tag,time,value\n" + machine + "#speed,1995-03-01T00:00:00Z,1\n");
    byte[] blank = Arrays.copyOf(rows, 60 << 20);
    Arrays.fill(blank, rows.length, blank.length, (byte) '\n');

    HttpResponse<String> answer =
        send("blank", MARCH, BodyPublishers.ofByteArray(Files.gzip(blank)), "application/gzip");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(answer.body()).contains("import-too-large", "more than 25165824 bytes, unpacked");
    JsonNode failed = byKey("blank");
    assertThat(failed.path("state").asString()).isEqualTo("failed");
    assertThat(failed.path("accepted").asInt()).isOne();
    assertThat(failed.path("bytes").asInt()).isEqualTo(rows.length);

    byte[] member = Files.gzip(new byte[0]);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(Files.gzip(rows));
    for (int i = 0; i < 50_000; i++) {
      members.writeBytes(member);
    }
    assertRefused(422, "unreadable-import", "bytes without content", members.toByteArray(), true);

    // Ten bytes of header, then empty blocks as they are
    byte[] blocks = Arrays.copyOf(Files.gzip(rows), 1 << 20);
    for (int i = 10; i < blocks.length; i++) {
      blocks[i] = (byte) ((i - 10) % 5 < 3 ? 0 : 0xFF);
    }
    assertRefused(422, "unreadable-import", "bytes without content", blocks, true);
  }

  /** While nothing but blank lines comes, an import gives its place up like any other. */
  @Test
  void blankLinesAreNotReadWhenTheServiceEnds() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    byte[] lines = new byte[200 << 10];
    Arrays.fill(lines, (byte) '\n');
    CompletableFuture<HttpResponse<String>> upload =
        http.sendAsync(
            request(
                    "blank-end",
                    MARCH,
                    BodyPublishers.ofInputStream(
                        () ->
                            Files.interrupted(
                                lines,
                                lines.length / 2,
                                () -> {
                                  waiting.countDown();
                                  await(release, 10_000);
                                })))
                .build(),
            BodyHandlers.ofString());
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> byKey("blank-end").path("state").asString().equals("receiving"));
    ImportDesk desk = service.context().getBean(ImportDesk.class);
    desk.stop();
    release.countDown();
    HttpResponse<String> answer = upload.get(60, TimeUnit.SECONDS);
    desk.start();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("import-stopped");
    assertThat(byKey("blank-end").path("state").asString()).isEqualTo("interrupted");
  }

  /** As values that were rounded otherwise: a record for each tag would fill quarantine. */
  @Test
  void whatContradictsIsCountedAndHoldsNobodyUp() {
    String machine = LINE + "mill-10";
    int tags = 300;
    JsonNode right = stored("rounded", MARCH + "&create=true&type=double", rows(machine, tags, 15));
    assertThat(right.path("accepted").asInt()).isEqualTo(tags);
    assertThat(right.path("setAside").asInt()).isZero();
    assertThat(right.path("setAsideCause").isNull()).isTrue();

    for (int value : List.of(14, 16)) {
      JsonNode wrong = stored("rounded-" + value, MARCH, rows(machine, tags, value));
      assertThat(wrong.path("accepted").asInt()).isEqualTo(tags);
      assertThat(wrong.path("setAside").asInt()).isEqualTo(tags);
      assertThat(wrong.path("setAsideCause").asString()).contains(machine, "another value");
    }
    assertThat(quarantined(machine)).as("the first of them").isEqualTo(100);

    try (PlantTraffic gateway = new PlantTraffic(kafka.bootstrapServers())) {
      gateway.send(Topic.TELEMETRY_BACKFILL, PlantTraffic.doubles(machine, "backlog", 1, 5));
    }
    Awaitility.await().atMost(PATIENCE).until(() -> quarantined(machine + "#backlog") == 1);
    assertThat(samples(machine + "#t7").getFirst().path("value").asDouble()).isEqualTo(15);
  }

  /** One row for each of some tags. */
  private static String rows(String machine, int tags, int value) {
    StringBuilder file = new StringBuilder("tag,time,value\n");
    for (int i = 0; i < tags; i++) {
      file.append(machine).append("#t").append(i).append(",1995-03-01T00:00:00Z,");
      file.append(value).append('\n');
    }
    return file.toString();
  }

  private JsonNode stored(String key, String query, String file) {
    HttpResponse<String> answer = send(key, query, BodyPublishers.ofString(file));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return awaitStored(answer.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void rowsThatWouldNotBeKeptAreRefused() {
    String tag = LINE + "mill-11#short";
    announce(tag, "partner");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("/api/v1/tags?search=mill-11%23short")
                    .path("tags")
                    .path(0)
                    .path("announced")
                    .asBoolean());
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String file =
        "tag,time,value\n%s,%s,1\n%s,%s,2\n"
            .formatted(tag, now.minus(Duration.ofDays(40)), tag, now.minus(Duration.ofDays(20)));
    JsonNode told =
        stored("kept", "from=%s&to=%s".formatted(now.minus(Duration.ofDays(50)), now), file);

    assertThat(told.path("accepted").asInt()).isOne();
    assertThat(told.path("refused").asInt()).isOne();
    assertThat(told.path("setAside").asInt()).isZero();
    assertThat(told.path("refusals").get(0).path("reason").asString()).contains("are kept from");
  }

  private void announce(String tag, String dataClass) {
    String body =
        """
        {"path": "%s", "name": "%s", "type": "double", "unit": "1", "role": "process-value",
         "dataClass": "%s"}"""
            .formatted(
                tag.substring(0, tag.indexOf('#')), tag.substring(tag.indexOf('#') + 1), dataClass);
    ProducerRecord<String, String> record =
        new ProducerRecord<>(Topic.EQUIPMENT.topicName(), tag, body);
    record.headers().add("ce_type", Files.bytes(EventTypes.TAG_ANNOUNCED));
    try (var producer =
        new KafkaProducer<String, String>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(record);
    }
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedBeforeTheFileIsRead() {
    BodyPublisher file = BodyPublishers.ofString("tag,time,value\n");
    for (String query :
        List.of(
            "from=1995-03-01T00:00:00Z",
            "from=1995-03-01&to=1995-04-01T00:00:00Z",
            "from=1995-04-01T00:00:00Z&to=1995-04-01T00:00:00Z",
            "from=1995-03-01T00:00:00Z&to=2015-04-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&to=2999-04-01T00:00:00Z",
            "from=1795-03-01T00:00:00Z&to=1795-04-01T00:00:00Z",
            MARCH + "&type=double",
            MARCH + "&create=true&type=number",
            MARCH + "&create=true&unit=no%20unit")) {
      assertThat(send("nonsense", query, file).statusCode()).as(query).isEqualTo(400);
    }
    assertThat(send("no spaces", MARCH, file).statusCode()).isEqualTo(400);
    assertThat(send("k", MARCH, file, "application/json").statusCode()).isEqualTo(415);
    assertThat(send(request("k", MARCH, file).header("Content-Encoding", "br")).statusCode())
        .isEqualTo(415);
    assertThat(
            send(request("k", MARCH, file).setHeader("Authorization", bearer("operator")))
                .statusCode())
        .isEqualTo(403);
    assertThat(service.get("/api/v1/imports?limit=0", tokens.token("viewer")).statusCode())
        .isEqualTo(400);
    assertThat(service.get("/api/v1/imports", tokens.token("viewer")).statusCode()).isEqualTo(200);
    assertThat(
            service
                .get("/api/v1/imports/6f1f1c1e-0000-4000-8000-000000000000", tokens.token("viewer"))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void newTagsAreRegisteredAndAnnouncedAndNobodyReachesBeyondTheirSubtree() {
    String ours = LINE + "mill-06";
    String theirs = "acme/graz/foundry/line-1/oven-01";
    String file =
        """
        tag,time,value,type,unit,role
        %s#heat,1995-03-01T00:00:00Z,20.5,double,Cel,temperature
        %s#heat,1995-03-01T00:00:00Z,20.5,double,Cel,temperature
        %s#heat,1995-03-01T00:00:00Z,20.5,,,
        """
            .formatted(ours, theirs, theirs);
    String limited = "Bearer " + tokens.tokenOf("limited", List.of("acme/graz/milling"), "admin");

    JsonNode told =
        read(
            send(
                request("new tags", MARCH + "&create=true", BodyPublishers.ofString(file))
                    .setHeader("Idempotency-Key", "new-tags")
                    .setHeader("Authorization", limited)));

    assertThat(told.path("accepted").asInt()).as(told.toString()).isEqualTo(1);
    assertThat(told.path("refusals").get(0).path("reason").asString())
        .isEqualTo("there is no tag " + theirs + "#heat");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode tag = get("/api/v1/tags?search=mill-06%23heat").path("tags").get(0);
              assertThat(tag.path("unit").asString()).isEqualTo("Cel");
              assertThat(tag.path("role").asString()).isEqualTo("temperature");
              assertThat(tag.path("announced").asBoolean()).isTrue();
            });
    assertThat(get("/api/v1/tags?search=" + theirs).path("tags")).isEmpty();
  }

  /** Each day is a partition, and a transaction locks those that it touches. */
  @Test
  @Tag("long")
  void oneValueADayForAYearIsStored() {
    assertSparse(400);
  }

  @Test
  @Tag("long")
  void oneValueADayForTenYearsIsStored() {
    assertSparse(3_600);
  }

  private void assertSparse(int days) {
    String tag = LINE + "mill-07#daily-" + days;
    create(tag, "integer", "1");
    StringBuilder file = new StringBuilder("tag,time,value\n");
    Instant day = Instant.parse("1997-01-01T06:00:00Z");
    for (int i = 0; i < days; i++) {
      file.append(tag).append(',').append(day.plus(Duration.ofDays(i))).append(',').append(i);
      file.append('\n');
    }
    String decade = "from=1997-01-01T00:00:00Z&to=2007-01-01T00:00:00Z";
    HttpResponse<String> answer =
        send("daily-" + days, decade, BodyPublishers.ofString(file.toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    awaitStored(answer.headers().firstValue("Location").orElseThrow(), Duration.ofMinutes(4));
    assertThat(samples(tag)).hasSize(days);
    HttpResponse<String> again =
        send("daily-again-" + days, decade, BodyPublishers.ofString(file.toString()));
    awaitStored(again.headers().firstValue("Location").orElseThrow());
    assertThat(samples(tag)).hasSize(days);
  }

  /** Registers a tag by a file with one row of February. */
  private void create(String tag, String type, String unit) {
    HttpResponse<String> answer =
        send(
            "create-" + tag.hashCode(),
            "from=1995-02-01T00:00:00Z&to=1995-03-01T00:00:00Z&create=true&type=%s&unit=%s"
                .formatted(type, unit),
            BodyPublishers.ofString(
                "tag,time,value,status\n" + tag + ",1995-02-01T00:00:00Z,,Bad\n"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(read(answer).path("accepted").asInt()).isOne();
  }

  private JsonNode awaitStored(String path) {
    return awaitStored(path, PATIENCE);
  }

  private JsonNode awaitStored(String path, Duration atMost) {
    return Awaitility.await()
        .atMost(atMost)
        .until(() -> get(path), one -> one.path("stored").asBoolean());
  }

  private void awaitIdle() {
    MeterRegistry meters = service.context().getBean(MeterRegistry.class);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> meters.get("linewright.imports.running").gauge().value() == 0);
  }

  private List<JsonNode> samples(String tag) {
    List<JsonNode> all = new ArrayList<>();
    String next =
        "tag=%s&from=1995-03-01T00:00:00Z&to=2008-01-01T00:00:00Z"
            .formatted(URLEncoder.encode(tag, StandardCharsets.UTF_8));
    while (!next.isEmpty()) {
      JsonNode page = get("/api/v1/samples?limit=20000&" + next);
      page.path("samples").forEach(all::add);
      next = page.path("next").isNull() ? "" : "cursor=" + page.path("next").asString();
    }
    return all;
  }

  private long quarantined(String machine) {
    return service
        .context()
        .getBean(JdbcClient.class)
        .sql("SELECT count(*) FROM quarantine WHERE cause LIKE '%' || ? || '%'")
        .param(machine)
        .query(Long.class)
        .single();
  }

  private StageBooks.Line books() {
    return service.context().getBean(StageBooks.class).read().stream()
        .filter(line -> line.stage().equals("ingest.telemetry-backfill"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode byKey(String key) {
    for (JsonNode one : get("/api/v1/imports?limit=500").path("imports")) {
      if (one.path("idempotencyKey").asString().equals(key)) {
        return one;
      }
    }
    return json.nullNode();
  }

  private HttpResponse<String> send(String key, String query, BodyPublisher file) {
    return send(request(key, query, file));
  }

  private HttpResponse<String> send(
      String key, String query, BodyPublisher file, String contentType) {
    return send(request(key, query, file).setHeader("Content-Type", contentType));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private HttpRequest.Builder request(String key, String query, BodyPublisher file) {
    return HttpRequest.newBuilder(service.uri("/api/v1/imports?" + query))
        .header("Authorization", bearer("admin"))
        .header("Idempotency-Key", key)
        .header("Content-Type", "text/csv")
        .POST(file);
  }

  private String bearer(String role) {
    return "Bearer " + tokens.token(role);
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = service.get(path, tokens.token("viewer"));
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return read(answer);
  }

  private JsonNode read(HttpResponse<String> answer) {
    return json.readTree(answer.body());
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
