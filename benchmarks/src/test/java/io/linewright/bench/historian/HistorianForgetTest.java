package io.linewright.bench.historian;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of roll-ups are the historian's own, by its migrations. */
@ExtendWith(TestServers.class)
class HistorianForgetTest {

  private static final Path MIGRATIONS =
      Path.of("..", "ingest-service/app/src/main/resources/db/ingest");

  private static final String SAMPLES =
      """
      CREATE SCHEMA ingest;
      SET search_path TO ingest;
      CREATE TABLE sample (tag_id int, source_time timestamptz);
      CREATE TABLE last_value (tag_id int, source_time timestamptz);
      """;

  /** What a run leaves. */
  private static final String LEFT =
      """
      INSERT INTO sample VALUES (1, '2026-01-01 10:00Z');
      INSERT INTO last_value VALUES (1, '2026-01-01 10:00Z');
      INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch) VALUES (0, 1, 0, 9, 1);
      INSERT INTO rollup_mismatch (found_at, level, tag_id, start) VALUES (now(), 0, 1, now());
      UPDATE rollup_pass SET began_at = now(), day = 3, days = 7;
      INSERT INTO rollup_minute VALUES
        (1, '2026-01-01 10:00Z', 1, 0, 0, 1, 2, 4, 2, '2026-01-01 10:00Z', 2, '2026-01-01 10:00Z',
         '2026-01-01 10:00Z', 0, 2, '2026-01-01 10:00Z', 0, 2, 0, 0, 0, 0, 0, '');
      INSERT INTO rollup_hour SELECT * FROM rollup_minute;
      INSERT INTO rollup_day SELECT * FROM rollup_minute;
      """;

  @Test
  void nothingOfTheRunBeforeIsLeft(TestPostgres postgres) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(postgres.createDatabase(), TestPostgres.USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(SAMPLES);
      statement.execute(Files.readString(MIGRATIONS.resolve("V1_10__rollups.sql")));
      statement.execute(Files.readString(MIGRATIONS.resolve("V1_17__rollup_pass.sql")));
      statement.execute(LEFT);

      HistorianRig.forgetSamples(statement);

      for (String table :
          List.of(
              "sample",
              "last_value",
              "rollup_dirty",
              "rollup_minute",
              "rollup_hour",
              "rollup_day",
              "rollup_mismatch")) {
        assertThat(rows(statement, table)).as(table).isZero();
      }
      assertThat(rows(statement, "rollup_pass WHERE began_at IS NULL AND days = 0")).isOne();
    }
  }

  private static long rows(Statement statement, String from) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
      row.next();
      return row.getLong(1);
    }
  }
}
