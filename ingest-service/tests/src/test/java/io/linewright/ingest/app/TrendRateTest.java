package io.linewright.ingest.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long a month of one tag takes over REST; prints, and asserts no figures. */
@Tag("long")
@ExtendWith(TestServers.class)
class TrendRateTest {

  private static final int SAMPLES = 86_400;
  private static final String FILL =
      """
      INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
      SELECT t.id, '2026-01-01T00:00:00Z'::timestamptz + n * interval '30 s', 0, 0,
        20 + sin(n / 1000.0) + sin(n), '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
      FROM tag t, generate_series(0, %d) n
      """
          .formatted(SAMPLES - 1);
  private static final String RANGE =
      "tag=acme/graz/mill-01%23t&from=2026-01-01T00:00:00Z&to=2026-01-31T00:00:00Z";

  @Test
  void aMonth(TestPostgres postgres) throws Exception {
    try (TestKafka kafka = TestKafka.start();
        TestTokens tokens = TestTokens.start();
        RunningService service =
            RunningService.start(
                IngestServiceApplication.builder(), kafka, postgres.createDatabase(), tokens)) {
      JdbcClient jdbc = service.context().getBean(JdbcClient.class);
      LocalDate first = LocalDate.of(2025, 10, 1);
      List<LocalDate> days = IntStream.range(0, 150).mapToObj(first::plusDays).toList();
      service.context().getBean(SampleTable.class).ensure(days);
      jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', 't', 'double')")
          .update();
      assertThat(jdbc.sql(FILL).update()).isEqualTo(SAMPLES);
      jdbc.sql(
              "INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)"
                  + " SELECT 0, tag_id, m, m + 1, 0 FROM (SELECT DISTINCT tag_id,"
                  + " floor(extract(epoch FROM source_time) / 60)::int AS m FROM sample) minutes")
          .update();
      jdbc.sql("ANALYZE sample").update();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> jdbc.sql("SELECT count(*) FROM rollup_dirty").query(Long.class).single() == 0);
      explain(jdbc);
      String token = tokens.token("viewer");
      for (String path :
          List.of(
              "/api/v1/trends?points=1000&" + RANGE,
              "/api/v1/trends?points=1000&method=lttb&" + RANGE,
              "/api/v1/aggregates?aggregate=Average&width=PT1H&" + RANGE,
              "/api/v1/aggregates?aggregate=Average&aggregate=Minimum&aggregate=Maximum&aggregate=TimeAverage&calendar=day&zone=Europe/Vienna&"
                  + RANGE,
              "/api/v1/aligned?step=PT1H&" + RANGE)) {
        long best = Long.MAX_VALUE;
        long firstNanos = 0;
        for (int run = 0; run < 15; run++) {
          long begin = System.nanoTime();
          assertThat(service.get(path, token).statusCode()).isEqualTo(200);
          long took = System.nanoTime() - begin;
          firstNanos = run == 0 ? took : firstNanos;
          best = Math.min(best, took);
        }
        System.out.printf(
            "MONTH of %d samples: first %.0f ms, best %.0f ms: %s%n",
            SAMPLES, firstNanos / 1e6, best / 1e6, path.substring(0, path.indexOf("tag=")));
      }
    }
  }

  private static void explain(JdbcClient jdbc) {
    List<String> plan =
        jdbc.sql(
                """
                EXPLAIN ANALYZE SELECT source_time, ordinal, status, number FROM sample
                WHERE tag_id = 1 AND source_time >= '2026-01-01Z' AND source_time < '2026-01-31Z'
                  AND (source_time, ordinal) > ('2026-01-01Z', -1) AND ingest_time <= now()
                ORDER BY source_time, ordinal LIMIT 5000
                """)
            .query((row, n) -> String.valueOf(row.getString(1)))
            .list();
    plan.stream()
        .filter(line -> !line.contains("never executed") && !line.contains("Cond"))
        .limit(12)
        .forEach(System.out::println);
    plan.stream().filter(line -> line.contains("Time")).forEach(System.out::println);
  }
}
