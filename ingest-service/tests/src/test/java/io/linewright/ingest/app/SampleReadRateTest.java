package io.linewright.ingest.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.model.telemetry.SampleStream;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How fast one client gets pages of 50,000 samples; the client only counts bytes. */
@Tag("long")
@ExtendWith(TestServers.class)
class SampleReadRateTest {

  private static final int PAGE = 50_000;
  private static final int SAMPLES = 100_001;
  private static final String RANGE =
      "&tag=acme/graz/mill-01%23t&from=2026-01-31T00:00:00Z&to=2026-02-01T00:00:00Z";
  private static final String FILL =
      """
      INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
      SELECT t.id, '2026-01-31T06:00:00.000001Z'::timestamptz + n * interval '10 ms', 0, 0,
        20 + sin(n), '2026-01-31T06:00:00.05Z'::timestamptz + n / 5 * interval '50 ms',
        '2026-01-31T06:00:00.2Z'::timestamptz + n / 20 * interval '200 ms'
      FROM tag t, generate_series(1, %d) n
      """
          .formatted(SAMPLES);

  @Test
  void readsPagesOf50000(TestPostgres postgres) throws Exception {
    try (TestKafka kafka = TestKafka.start();
        TestTokens tokens = TestTokens.start();
        RunningService service =
            RunningService.start(
                IngestServiceApplication.builder(), kafka, postgres.createDatabase(), tokens)) {
      fill(service);
      String token = tokens.token("viewer");
      String first = "/api/v1/samples?limit=" + PAGE + RANGE;
      JsonMapper json = JsonMapper.builder().build();
      JsonNode page = json.readTree(service.get(first, token).body());
      assertThat(page.path("samples")).hasSize(PAGE);
      String cursor = page.path("next").asString();
      JsonNode second =
          json.readTree(service.get("/api/v1/samples?limit=50000&cursor=" + cursor, token).body());
      assertThat(second.path("samples")).hasSize(PAGE);
      assertThat(second.path("samples").get(0).path("time").asString())
          .isEqualTo("2026-01-31T06:08:20.010001Z");
      cursor = second.path("next").asString();
      JsonNode last =
          json.readTree(service.get("/api/v1/samples?limit=50000&cursor=" + cursor, token).body());
      assertThat(last.path("samples")).hasSize(1);
      assertThat(last.path("next").isNull()).isTrue();
      for (String form : List.of("application/json", "text/csv", SampleStream.MEDIA_TYPE)) {
        measure(service, first, token, form);
      }
    }
  }

  private static void fill(RunningService service) {
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    service.context().getBean(SampleTable.class).ensure(List.of(LocalDate.of(2026, 1, 31)));
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', 't', 'double')")
        .update();
    assertThat(jdbc.sql(FILL).update()).isEqualTo(SAMPLES);
    jdbc.sql("ANALYZE sample").update();
  }

  private static void measure(RunningService service, String path, String token, String form)
      throws Exception {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 25; run++) {
      long cpu = cpuNanos();
      long begin = System.nanoTime();
      long bytes = 0;
      HttpURLConnection connection = (HttpURLConnection) service.uri(path).toURL().openConnection();
      connection.setRequestProperty("Authorization", "Bearer " + token);
      connection.setRequestProperty("Accept", form);
      try (InputStream body = connection.getInputStream()) {
        byte[] buffer = new byte[64 * 1024];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
          bytes += n;
        }
      }
      long took = System.nanoTime() - begin;
      best = Math.min(best, took);
      if (run % 6 == 0) {
        System.out.printf(
            "PAGE %s %d samples, %d bytes, %.0f ms, JVM cpu %.2f us/sample%n",
            form, PAGE, bytes, took / 1e6, (cpuNanos() - cpu) / 1e3 / PAGE);
      }
    }
    System.out.printf("READ %s best %.0f samples/s over REST%n", form, PAGE / (best / 1e9));
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
