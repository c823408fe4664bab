package io.linewright.ingest.app.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Roll-ups that need not be kept. */
@ExtendWith(TestServers.class)
class RetentionOfRollupsTest {

  /** More than one statement deletes of a tag. */
  private static final int MINUTES = 4_000;

  @Test
  void aSweepGoesOnUntilNoneAreLeft(TestPostgres postgres) throws Exception {
    IngestDatabase database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "rollups_go");
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    jdbc.sql(
            "INSERT INTO tag (path, name, type, data_class) VALUES"
                + " ('acme/graz/mill-01', 'old', 'double', 'site')")
        .update();
    jdbc.sql(
            "INSERT INTO raw_retained (tag_id, raw_from, deleted_to)"
                + " SELECT id, '2026-02-01Z', '2026-02-01Z' FROM tag")
        .update();
    jdbc.sql(
            """
            INSERT INTO rollup_minute
            SELECT id, timestamptz '2026-01-01Z' + n * interval '1 minute', 1, 0, 0, 1, 2, 4,
              2, '2026-01-01Z', 2, '2026-01-01Z', '2026-01-01Z', 0, 2, '2026-01-01Z', 0, 2,
              0, 0, 0, 0, 0, NULL
            FROM tag, generate_series(0, ? - 1) AS n
            """)
        .param(MINUTES)
        .update();
    Duration forEver = KeptForEver.FOR_EVER;
    RetentionWorker worker =
        new RetentionWorker(
            database.dataSource(),
            database.samples(),
            new RetentionSettings(
                forEver,
                forEver,
                forEver,
                forEver,
                Duration.ofDays(10),
                forEver,
                Duration.ofMinutes(1)),
            InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z")));

    assertThat(worker.sweep().rollups()).isEqualTo(MINUTES);
    assertThat(jdbc.sql("SELECT count(*) FROM rollup_minute").query(Long.class).single()).isZero();
    database.drop();
  }
}
