package io.linewright.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.measure.RollupCheck.Verdict;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables are the historian's own, by its migration. */
@ExtendWith(TestServers.class)
class RollupCheckTest {

  private static final Path MIGRATION =
      Path.of("..", "ingest-service/app/src/main/resources/db/ingest/V1_10__rollups.sql");

  private static final String SAMPLES =
      """
      CREATE SCHEMA ingest;
      SET search_path TO ingest;
      CREATE TABLE sample (
        tag_id int, source_time timestamptz, number float8, integer int8, bool boolean);
      """;

  /** What the worker makes of the samples below. */
  private static final String MINUTES =
      """
      INSERT INTO ingest.rollup_minute VALUES
        (1, '2026-01-01 10:00Z', 2, 0, 0, 2, 5, 13, 2, '2026-01-01 10:00:01Z', 3,
         '2026-01-01 10:00:02Z', '2026-01-01 10:00:01Z', 0, 2, '2026-01-01 10:00:02Z', 0, 3,
         0, 0, 0, 0, 0, ''),
        (1, '2026-01-01 10:01Z', 1, 0, 0, 1, 1, 1, 1, '2026-01-01 10:01:01Z', 1,
         '2026-01-01 10:01:01Z', '2026-01-01 10:01:01Z', 0, 1, '2026-01-01 10:01:01Z', 0, 1,
         0, 0, 0, 0, 0, '')
      """;

  private Connection connection;

  @BeforeEach
  void fill(TestPostgres postgres) throws Exception {
    connection = DriverManager.getConnection(postgres.createDatabase(), TestPostgres.USER, "");
    run(SAMPLES);
    run(Files.readString(MIGRATION));
    run(
        """
        INSERT INTO ingest.sample VALUES
          (1, '2026-01-01 10:00:01Z', 2, NULL, NULL),
          (1, '2026-01-01 10:00:02Z', 3, NULL, NULL),
          (1, '2026-01-01 10:01:01Z', NULL, 1, NULL)
        """);
    run(MINUTES);
    // The hour is not over yet, and so the day
    mark(1, 10 + hours());
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void whatIsUpToDateEqualsTheSamples() throws SQLException {
    // The day has no mark of its own; that of its hour touches it.
    assertThat(RollupCheck.compare(connection)).isEqualTo(new Verdict(2, 0));
  }

  @Test
  void aSampleThatWasCountedTwiceIsFound() throws SQLException {
    run("UPDATE ingest.rollup_minute SET good = 3 WHERE good = 2");

    assertThat(RollupCheck.compare(connection)).isEqualTo(new Verdict(2, 1));
  }

  @Test
  void aMissingBucketAndOneWithoutSamplesAreFound() throws SQLException {
    run("UPDATE ingest.rollup_minute SET start = '2026-01-01 10:05Z' WHERE good = 2");

    assertThat(RollupCheck.compare(connection)).isEqualTo(new Verdict(3, 2));
  }

  @Test
  void anHourThatIsOverMustBeThere() throws SQLException {
    run("DELETE FROM ingest.rollup_dirty");

    assertThat(RollupCheck.compare(connection)).isEqualTo(new Verdict(4, 2));
  }

  @Test
  void whatIsMarkedIsLeftOut() throws SQLException {
    run("UPDATE ingest.rollup_minute SET good = 3 WHERE good = 2");
    mark(0, (10 + hours()) * 60);

    assertThat(RollupCheck.compare(connection)).isEqualTo(new Verdict(1, 0));
  }

  private static long hours() {
    return LocalDate.of(2026, 1, 1).toEpochDay() * 24;
  }

  private void mark(int level, long bucket) throws SQLException {
    run(
        "INSERT INTO ingest.rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)"
            + " VALUES (%d, 1, %d, %d, 0)".formatted(level, bucket, bucket + 1));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
