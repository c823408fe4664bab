package io.linewright.ingest.app.export;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.app.HistorianDatabase;
import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.PlantTraffic;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An export is one moment of everything, and its checksums tell so. */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportFlowTest {

  private static final String MILL = "acme/graz/machining/line-1/exported-01";

  /** Noon of 2024-03-01 and of the day after, UTC. */
  private static final double FIRST = 1_709_294_400_000_000d;

  private static final double SECOND = FIRST + 86_400_000_000d;

  /** What nothing changes while the test runs. */
  private static final List<String> STILL =
      List.of("sample", "tag", "equipment", "equipment_path", "loss", "quarantine", "command");

  private final JsonMapper json = JsonMapper.builder().build();
  private HistorianDatabase database;
  private TestKafka kafka;
  private TestTokens tokens;
  private PlantTraffic plant;
  private RunningService service;
  private JdbcClient jdbc;
  private DataSource dataSource;

  @BeforeAll
  void start(Servers servers) throws Exception {
    // Its own: what other tests send would change checksums
    kafka = TestKafka.start();
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    plant = new PlantTraffic(kafka.bootstrapServers());
    database = HistorianDatabase.create(servers.postgres(), "exported");
    List<String> properties = new ArrayList<>(database.properties());
    properties.add("linewright.service.instance=exported");
    properties.add("linewright.ingest.export.min-rate=64KB");
    properties.add("linewright.ingest.export.rate-window=3s");
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            database.database(),
            tokens,
            properties.toArray(String[]::new));
    jdbc = service.context().getBean(JdbcClient.class);
    dataSource = service.context().getBean(DataSource.class);
    plant.send(
        Topic.TELEMETRY_BACKFILL,
        doubles(MILL, "speed", FIRST, 0.1, FIRST + 1, Double.NaN, SECOND, -1e300));
    plant.send(Topic.TELEMETRY_BACKFILL, doubles(MILL, "power", SECOND, 3, SECOND + 7, 4));
    await(() -> count("sample") == 5);
    loseSome("before", "");
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    plant.close();
    tokens.close();
    kafka.close();
    database.close();
  }

  @Test
  void anArchiveHasAllTablesAndItsManifestIsTrue(@TempDir Path directory) throws Exception {
    JsonNode before = checksums();
    Path file = directory.resolve("all.zip");
    byte[] bytes = export();
    Files.write(file, bytes);

    try (ZipFile zip = new ZipFile(file.toFile())) {
      JsonNode manifest = json.readTree(bytes(zip, "manifest.json"));
      assertThat(manifest.path("format").asInt()).isEqualTo(Manifest.FORMAT);
      assertThat(manifest.path("schema").asString()).startsWith("0.1 1.0 1.1 ").contains(" 1.16");
      assertThat(names(manifest)).hasSize(ExportTables.ALL.size() + 1).startsWith("sample");
      for (JsonNode table : manifest.path("tables")) {
        String name = table.path("name").asString();
        if (!name.equals("sample")) {
          assertThat(table.path("sha256").asString())
              .as(name)
              .isEqualTo(sha256(bytes(zip, name + ".csv")));
        }
      }
      samplesComeByDay(zip, manifest);
      assertThat(new String(bytes(zip, "loss.csv"), StandardCharsets.UTF_8))
          .as("an empty text is not no value")
          .contains(",before,before,")
          .contains(",,\"\",,,");
      for (String name : STILL) {
        assertThat(table(manifest, name)).as(name).isEqualTo(table(before, name));
      }
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
    assertThatThrownBy(() -> new ZipFile(file.toFile()).close()).isInstanceOf(ZipException.class);
  }

  private void samplesComeByDay(ZipFile zip, JsonNode manifest) throws Exception {
    JsonNode days = manifest.path("sampleDays");
    assertThat(days.size()).isEqualTo(2);
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (JsonNode day : days) {
      byte[] csv = bytes(zip, "sample/" + day.path("day").asString() + ".csv");
      assertThat(day.path("sha256").asString()).isEqualTo(sha256(csv));
      all.update(csv);
    }
    assertThat(days.path(0).path("day").asString()).isEqualTo("2024-03-01");
    assertThat(days.path(0).path("rows").asInt()).isEqualTo(2);
    assertThat(days.path(1).path("rows").asInt()).isEqualTo(3);
    JsonNode samples = table(manifest, "sample");
    assertThat(samples.path("rows").asInt()).isEqualTo(5);
    assertThat(samples.path("sha256").asString()).isEqualTo(HexFormat.of().formatHex(all.digest()));
    assertThat(new String(bytes(zip, "sample/2024-03-01.csv"), StandardCharsets.UTF_8))
        .startsWith("tag_id,source_time,ordinal,")
        .contains("2024-03-01 12:00:00+00,", ",0.1,", ",NaN,");
  }

  @Test
  void aChangedValueChangesTheChecksumOfItsTable() throws Exception {
    JsonNode before = checksums();
    jdbc.sql("UPDATE loss SET reason = reason || '!' WHERE source = 'before'").update();
    JsonNode after = checksums();
    jdbc.sql("UPDATE loss SET reason = rtrim(reason, '!') WHERE source = 'before'").update();

    assertThat(table(after, "loss")).isNotEqualTo(table(before, "loss"));
    assertThat(table(after, "sample")).isEqualTo(table(before, "sample"));
    assertThat(table(checksums(), "loss")).isEqualTo(table(before, "loss"));
  }

  @Test
  void onlyAdminsExport() {
    for (String path : List.of("/api/v1/export", "/api/v1/checksums")) {
      assertThat(service.get(path, tokens.token("viewer")).statusCode()).as(path).isEqualTo(403);
      assertThat(service.get(path, tokens.token("operator")).statusCode()).as(path).isEqualTo(403);
      assertThat(service.send("HEAD", path, tokens.token("viewer")).statusCode())
          .as(path)
          .isEqualTo(403);
    }
  }

  @Test
  void aSnapshotIsOneMomentAloneAndHoldsNobodyUp() throws Exception {
    try (Snapshot snapshot = Snapshot.take(dataSource, settings(Duration.ofMinutes(5)))) {
      long losses =
          CsvCopy.out(
              snapshot.connection(), "SELECT r.* FROM loss r", OutputStream.nullOutputStream());
      loseSome("meanwhile", "unseen");
      assertThat(
              CsvCopy.out(
                  snapshot.connection(), "SELECT r.* FROM loss r", OutputStream.nullOutputStream()))
          .isEqualTo(losses);

      long position = IngestPosition.upTo(jdbc);
      await(() -> IngestPosition.upTo(jdbc) > position);

      HttpResponse<String> second = service.get("/api/v1/checksums", tokens.token("admin"));
      assertThat(second.statusCode()).isEqualTo(409);
      assertThat(second.body()).contains("export-running");
    } finally {
      jdbc.sql("DELETE FROM loss WHERE source = 'meanwhile'").update();
    }
    assertThat(table(checksums(), "loss").path("rows").asInt()).isOne();
  }

  /** A byte now and then would hold compression, retention and migrations up for days. */
  @Test
  void aClientThatTakesTooLittleIsBrokenOff() throws Exception {
    fillWithWhatCannotBePacked();
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(4096);
      client.connect(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), service.uri("/api/v1/export").getPort()));
      client
          .getOutputStream()
          .write(
              "GET /api/v1/export HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(tokens.token("admin"))
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(client.getInputStream().read()).isEqualTo('H');
      assertThat(exports()).isOne();
      await(
          () -> {
            client.getInputStream().read();
            return exports() == 0;
          });
      assertThat(table(checksums(), "loss").path("rows").asInt()).isEqualTo(401);
    } finally {
      jdbc.sql("DELETE FROM loss WHERE equipment = 'big'").update();
    }
  }

  private void fillWithWhatCannotBePacked() {
    jdbc.sql(
            """
            INSERT INTO loss (source, equipment, lost_from, lost_to, reason, told_at)
            SELECT 'big-' || n, 'big', now(), now(),
              (SELECT string_agg(md5(n || ' ' || i || random()), '') FROM generate_series(1, 3200) i),
              now()
            FROM generate_series(1, 400) n
            """)
        .update();
  }

  @Test
  void aSnapshotEndsAfterItsTime() throws Exception {
    Snapshot snapshot = Snapshot.take(dataSource, settings(Duration.ofMillis(300)));
    await(() -> exports() == 0);
    assertThatThrownBy(
            () -> CsvCopy.out(snapshot.connection(), "SELECT 1", OutputStream.nullOutputStream()))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> snapshot.watched(OutputStream.nullOutputStream()).write(1))
        .hasMessageContaining("longer than PT0.3S");
    assertThatThrownBy(snapshot::close).isInstanceOf(SQLException.class);

    checksums();
  }

  private static ExportSettings settings(Duration longest) {
    return new ExportSettings(longest, DataSize.ofKilobytes(64), Duration.ofSeconds(3));
  }

  /** How many exports have a connection to the database. */
  private long exports() {
    return jdbc.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ingest-service export'"
                + " AND datname = current_database()")
        .query(Long.class)
        .single();
  }

  @Test
  void everyTableIsExportedOrLeftOutOnPurpose() {
    List<String> known = new ArrayList<>(ExportTables.LEFT_OUT);
    ExportTables.ALL.forEach(table -> known.add(table.name()));
    known.add(ExportTables.SAMPLE);
    known.add("flyway_schema_history");

    assertThat(
            jdbc.sql(
                    """
                    SELECT relname FROM pg_class
                    WHERE relnamespace = current_schema()::regnamespace
                      AND relkind IN ('r', 'p') AND NOT relispartition
                    """)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrderElementsOf(known);
  }

  private void loseSome(String source, String reason) {
    jdbc.sql(
            """
            INSERT INTO loss (source, equipment, lost_from, lost_to, reason, told_at)
            VALUES (?, ?, now(), now(), ?, now())
            """)
        .params(source, source, reason)
        .update();
  }

  private JsonNode checksums() {
    HttpResponse<String> answer = service.get("/api/v1/checksums", tokens.token("admin"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private byte[] export() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri("/api/v1/export"))
            .header("Authorization", "Bearer " + tokens.token("admin"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
      return answer.body();
    }
  }

  private static List<String> names(JsonNode manifest) {
    List<String> names = new ArrayList<>();
    for (JsonNode table : manifest.path("tables")) {
      names.add(table.path("name").asString());
    }
    return names;
  }

  private static JsonNode table(JsonNode manifest, String name) {
    for (JsonNode table : manifest.path("tables")) {
      if (table.path("name").asString().equals(name)) {
        return table;
      }
    }
    throw new AssertionError("no table " + name);
  }

  private static byte[] bytes(ZipFile zip, String name) throws Exception {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private long count(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
  }
}
