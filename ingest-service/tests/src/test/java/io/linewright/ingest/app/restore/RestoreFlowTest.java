package io.linewright.ingest.app.restore;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.app.HistorianDatabase;
import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.PlantTraffic;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an export has, an empty installation gets, whole or not at all. */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class RestoreFlowTest {

  private static final String MILL = "acme/graz/machining/line-1/restored-01";

  /** Noon of 2024-03-01 and of the day after, UTC. */
  private static final double FIRST = 1_709_294_400_000_000d;

  private static final double SECOND = FIRST + 86_400_000_000d;
  private static final String FIRST_DAY = "sample/2024-03-01.csv";
  private static final String SECOND_DAY = "sample/2024-03-02.csv";

  private final JsonMapper json = JsonMapper.builder().build();
  private final List<HistorianDatabase> databases = new ArrayList<>();
  private Path directory;
  private Servers servers;
  private TestTokens tokens;
  private Path archive;
  private JsonNode exported;
  private String rollups;

  @BeforeAll
  void exportAPlant(Servers given, @TempDir Path empty) throws Exception {
    servers = given;
    directory = empty;
    tokens = TestTokens.start();
    archive = directory.resolve("plant.zip");
    try (TestKafka kafka = kafka();
        PlantTraffic plant = new PlantTraffic(kafka.bootstrapServers());
        RunningService service = start(kafka, HistorianDatabase.embedded(servers.postgres()), "")) {
      JdbcClient jdbc = service.context().getBean(JdbcClient.class);
      plant.send(
          Topic.TELEMETRY_BACKFILL,
          doubles(MILL, "speed", FIRST, 0.1, FIRST + 1, Double.NaN, SECOND, -1e300));
      plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "power", SECOND, 3, SECOND + 7, 4));
      plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "speed", 1, 5));
      await(() -> count(jdbc, "sample") == 5 && count(jdbc, "quarantine") == 1);
      assertThat(
              post(
                  service,
                  "/api/v1/corrections",
                  """
                  {"reason": "sensor was loose", "corrections": [
                    {"tag": "%s#power", "kind": "delete", "time": "2024-03-02T12:00:00Z"},
                    {"tag": "%s#power", "kind": "insert", "time": "2024-03-03T12:00:00Z", "value": 8}]}
                  """
                      .formatted(MILL, MILL)))
          .isEqualTo(201);
      await(() -> count(jdbc, "rollup_dirty") == 0 && count(jdbc, "outbox") == 0);
      String seen = rollups(jdbc);
      await(() -> days().allMatch(day -> rollups(jdbc).contains(day)));
      rollups = rollups(jdbc);
      if (!seen.equals(rollups)) {
        System.out.printf("No mark was left, but roll-ups were missing: %s%n", seen);
      }
      Files.write(archive, export(service));
    }
    exported = json.readTree(bytes(archive, "manifest.json")).path("tables");
  }

  @AfterAll
  void stop() throws Exception {
    tokens.close();
    for (HistorianDatabase database : databases) {
      database.close();
    }
  }

  @Test
  void anEmptyInstallationGetsAllAndGoesOn() throws Exception {
    HistorianDatabase database = empty();
    try (TestKafka kafka = kafka();
        PlantTraffic plant = new PlantTraffic(kafka.bootstrapServers())) {
      try (RunningService service = start(kafka, database, archive.toString())) {
        JdbcClient jdbc = service.context().getBean(JdbcClient.class);
        assertThat(checksums(service)).isEqualTo(exported);
        await(() -> count(jdbc, "rollup_dirty") == 0);
        assertThat(rollups(jdbc)).as("computed anew").isEqualTo(rollups);
        assertThat(samples(service, "power"))
            .contains(value("4.0"), value("8.0"))
            .doesNotContain(value("3.0"));

        plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "torque", SECOND, 5));
        plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "power", SECOND, 3, SECOND + 9, 6));
        await(() -> count(jdbc, "sample") == 7);
        assertThat(count(jdbc, "tag")).as("a tag of its own").isEqualTo(3);
      }
      // The setting was left in, or an orchestrator starts it once more
      try (RunningService again = start(kafka, database, archive.toString())) {
        assertThat(samples(again, "torque")).contains(value("5.0"));
      }
      Path other = changed("manifest.json", text -> text.replace("2024-03-01", "2024-03-02"));
      assertThatThrownBy(() -> start(kafka, database, other.toString()))
          .hasRootCauseInstanceOf(RestoreException.class)
          .rootCause()
          .hasMessageContaining("another archive");
    }
  }

  @Test
  void whatBreaksOffIsNotServedAndGoesOn() throws Exception {
    HistorianDatabase database = empty();
    Path damaged = changed(SECOND_DAY, text -> text.replace(",3,", ",33,"));
    try (TestKafka kafka = kafka()) {
      assertThatThrownBy(() -> start(kafka, database, damaged.toString()))
          .rootCause()
          .hasMessageContaining(SECOND_DAY + " of " + damaged + " has another checksum");
      assertThatThrownBy(() -> start(kafka, database, ""))
          .rootCause()
          .hasMessageContaining("not done");

      // The same archive, whole: its first day is there and does not come twice
      Path without = changed(FIRST_DAY, text -> "tag_id\nnever read\n");
      try (RunningService service = start(kafka, database, without.toString())) {
        assertThat(checksums(service)).isEqualTo(exported);
      }
    }
  }

  @Test
  void whatIsNotEmptyOrNoArchiveIsLeftAlone() throws Exception {
    HistorianDatabase database = empty();
    try (TestKafka kafka = kafka()) {
      try (RunningService service = start(kafka, database, "");
          PlantTraffic plant = new PlantTraffic(kafka.bootstrapServers())) {
        JdbcClient jdbc = service.context().getBean(JdbcClient.class);
        plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "speed", FIRST, 1));
        await(() -> count(jdbc, "sample") == 1);
      }
      assertThatThrownBy(() -> start(kafka, database, archive.toString()))
          .rootCause()
          .hasMessageContaining("only an empty installation");

      Path cut = directory.resolve("cut.zip");
      byte[] bytes = Files.readAllBytes(archive);
      Files.write(cut, Arrays.copyOf(bytes, bytes.length - 30));
      assertThatThrownBy(() -> Archive.open(cut)).hasMessageContaining("cut off");
      Path newer = changed("manifest.json", text -> text.replace("1.16", "1.16 9.9"));
      assertThatThrownBy(() -> start(kafka, empty(), newer.toString()))
          .rootCause()
          .hasMessageContaining("another version");
      Path form =
          changed("manifest.json", text -> text.replace("\"format\" : 1", "\"format\" : 2"));
      assertThatThrownBy(() -> Archive.open(form)).hasMessageContaining("has format 2");
      Path injected = changed("tag.csv", text -> "id) FROM PROGRAM 'true' --" + text);
      try (Archive opened = Archive.open(injected)) {
        assertThatThrownBy(() -> opened.rows("tag.csv").close())
            .hasMessageContaining("names of columns");
      }
      assertThatThrownBy(() -> Archive.open(changed("tag.csv", text -> null)))
          .hasMessageContaining("lacks tag.csv");
    }
  }

  /** The archive with one file changed; null: without it. */
  private Path changed(String name, Function<String, @Nullable String> change) throws Exception {
    Path file = Files.createTempFile(directory, "changed", ".zip");
    try (ZipFile from = new ZipFile(archive.toFile());
        OutputStream out = Files.newOutputStream(file);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] bytes = bytes(archive, entry.getName());
        if (entry.getName().equals(name)) {
          String text = change.apply(new String(bytes, StandardCharsets.UTF_8));
          if (text == null) {
            continue;
          }
          bytes = text.getBytes(StandardCharsets.UTF_8);
        }
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(bytes);
      }
    }
    return file;
  }

  /** On the server that is named, if one is: then that of the archive was another one. */
  private HistorianDatabase empty() {
    HistorianDatabase one = HistorianDatabase.create(servers.postgres(), "restored");
    databases.add(one);
    return one;
  }

  private RunningService start(TestKafka kafka, HistorianDatabase database, String from) {
    List<String> properties = new ArrayList<>(database.properties());
    properties.add("linewright.service.instance=restored");
    properties.add("linewright.ingest.rollups.interval=200ms");
    properties.add("linewright.ingest.rollups.settle=0s");
    properties.add("linewright.ingest.restore.archive=" + from);
    return RunningService.start(
        IngestServiceApplication.builder(),
        kafka,
        database.database(),
        tokens,
        properties.toArray(String[]::new));
  }

  private static TestKafka kafka() throws Exception {
    TestKafka kafka = TestKafka.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    return kafka;
  }

  private JsonNode checksums(RunningService service) {
    HttpResponse<String> answer = service.get("/api/v1/checksums", tokens.token("admin"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body()).path("tables");
  }

  /** With its name: the digits alone may stand in a time too. */
  private static String value(String digits) {
    return "\"value\":" + digits;
  }

  private String samples(RunningService service, String tag) {
    HttpResponse<String> answer =
        service.get(
            "/api/v1/samples?from=2024-03-01T00:00:00Z&to=2024-03-05T00:00:00Z&tag="
                + URLEncoder.encode(MILL + "#" + tag, StandardCharsets.UTF_8),
            tokens.token("viewer"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private byte[] export(RunningService service) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri("/api/v1/export"))
            .header("Authorization", "Bearer " + tokens.token("admin"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  private int post(RunningService service, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri(path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "restored")
            .header("Authorization", "Bearer " + tokens.token("admin"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  private static byte[] bytes(Path file, String name) throws Exception {
    try (ZipFile zip = new ZipFile(file.toFile());
        var in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private static String rollups(JdbcClient jdbc) {
    List<String> all = new ArrayList<>();
    for (String level : List.of("minute", "hour", "day")) {
      all.addAll(
          jdbc.sql("SELECT r::text FROM rollup_" + level + " r ORDER BY r.tag_id, r.start")
              .query(String.class)
              .list());
    }
    return String.join("\n", all);
  }

  private static Stream<String> days() {
    return Stream.of("2024-03-01 12", "2024-03-02 12", "2024-03-03 12");
  }

  private static long count(JdbcClient jdbc, String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
  }
}
