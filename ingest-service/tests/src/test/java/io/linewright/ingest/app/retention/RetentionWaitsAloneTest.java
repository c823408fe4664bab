package io.linewright.ingest.app.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that are deleted, and wait for that, keep no reader from what is newer. */
@ExtendWith(TestServers.class)
class RetentionWaitsAloneTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void whoDeletesHoldsNobodyBack(TestPostgres postgres) throws Exception {
    IngestDatabase database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "waits");
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    database.ensure(List.of(LocalDate.of(2026, 1, 10)));
    // The other tag keeps all, so that the day stays and rows are deleted
    jdbc.sql(
            "INSERT INTO tag (path, name, type, data_class) VALUES"
                + " ('acme/graz/mill-01', 'old', 'double', 'site'),"
                + " ('acme/graz/mill-01', 'kept', 'double', 'enterprise')")
        .update();
    jdbc.sql(
            "INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)"
                + " SELECT id, '2026-01-10T12:00:00Z', 0, 0, 1, now(), now() FROM tag")
        .update();
    Duration forEver = KeptForEver.FOR_EVER;
    RetentionWorker worker =
        new RetentionWorker(
            database.dataSource(),
            database.samples(),
            new RetentionSettings(
                forEver,
                Duration.ofDays(30),
                forEver,
                forEver,
                forEver,
                forEver,
                Duration.ofMinutes(1)),
            InstantSource.fixed(NOW));
    try (Connection terminal = database.dataSource().getConnection();
        Statement locks = terminal.createStatement();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      terminal.setAutoCommit(false);
      locks.execute("SET application_name = 'psql'");
      locks.execute("SELECT * FROM sample FOR UPDATE");
      Future<RetentionWorker.Swept> swept = threads.submit(worker::sweep);
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> swept.isDone() || waits(jdbc, "%DELETE FROM sample%"));
        assertThat(swept).as("deleting waits").isNotDone();
        Instant now =
            jdbc.sql("/* read */ SELECT clock_timestamp()")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
        assertThat(IngestPosition.upTo(jdbc))
            .isGreaterThanOrEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, now));
      } finally {
        terminal.rollback();
      }
      assertThat(swept.get().samples()).isEqualTo(1);
    }
    database.drop();
  }

  private static boolean waits(JdbcClient jdbc, String query) {
    return jdbc.sql(
            "/* read */ SELECT EXISTS (SELECT FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ?)")
        .param(query)
        .query(Boolean.class)
        .single();
  }
}
