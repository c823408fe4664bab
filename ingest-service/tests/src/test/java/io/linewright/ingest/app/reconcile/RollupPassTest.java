package io.linewright.ingest.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.correction.Corrector;
import io.linewright.ingest.app.correction.Corrector.Item;
import io.linewright.ingest.app.rollup.RollupWorker;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target.At;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pass over all days and tags sees what is missing and what is wrong. */
@ExtendWith(TestServers.class)
class RollupPassTest {

  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  /** A day that has no partition: what counts there was inserted. */
  private static final Instant INSERTED = Instant.parse("2026-01-20T12:00:00Z");

  private IngestDatabase database;
  private JdbcClient jdbc;
  private PassStore store;

  @BeforeEach
  void fill(TestPostgres postgres) throws Exception {
    database = IngestDatabase.create(server(postgres), "pass_" + System.nanoTime());
    jdbc = JdbcClient.create(database.dataSource());
    store = new PassStore(jdbc);
    for (int i = 1; i <= LivePlant.TAGS; i++) {
      jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', ?, 'double')")
          .param("t" + i)
          .update();
    }
    LivePlant plant = new LivePlant(database, true);
    LiveCorrections corrections = new LiveCorrections(database, plant);
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      plant.act(random);
      if (i % 6 == 0) {
        corrections.act(random);
      }
    }
    At key = new At(LivePlant.micros(INSERTED), 0);
    Correction inserted = new Correction(Kind.INSERT, key, SampleValue.of(4.5), StatusCode.GOOD);
    assertThat(new Corrector(database).correct(List.of(new Item(1, inserted)))).hasSize(1);
    drain();
  }

  Database server(TestPostgres postgres) {
    return new Database(postgres.createDatabase(), TestPostgres.USER, "");
  }

  @AfterEach
  void dropTables() throws SQLException {
    database.drop();
  }

  @Test
  void aPassComparesAllThatIsThere() throws Exception {
    long rollups = count("rollup_day");
    assertThat(store.last()).isNull();
    PassStore.Ended pass = pass(Duration.ofMinutes(5), RollupPass.MOST_SAMPLES);
    assertThat(pass.days()).isEqualTo(rollups).isGreaterThan(4);
    assertThat(pass.mismatches()).isZero();
    assertThat(pass.beganAt()).isEqualTo(LATER);
    assertThat(count("rollup_mismatch")).isZero();
  }

  /** Each look is another process with no time at all: it does one day of a tag. */
  @Test
  void aPassGoesOnWhereTheLastLookEnded() throws Exception {
    long rollups = count("rollup_day");
    long days = 0;
    while (store.last() == null) {
      days += new RollupPass(database.dataSource(), store, Duration.ZERO, 10).look(LATER).days();
      assertThat(days).isLessThanOrEqualTo(rollups);
    }
    assertThat(days).isEqualTo(rollups);
    assertThat(store.last()).extracting(PassStore.Ended::days).isEqualTo(rollups);
    assertThat(store.place().beganAt()).isNull();
  }

  @Test
  void whatIsMissingOrWrongIsFoundInOnePassAndPutRight() throws Exception {
    for (String wrong :
        List.of(
            // A day of a tag has nothing, a tag has nothing, nothing is there at all
            "DELETE FROM rollup_minute WHERE tag_id = 2 AND start >= '2026-01-11Z';"
                + " DELETE FROM rollup_hour WHERE tag_id = 2 AND start >= '2026-01-11Z';"
                + " DELETE FROM rollup_day WHERE tag_id = 2 AND start >= '2026-01-11Z'",
            "DELETE FROM rollup_minute WHERE tag_id = 3; DELETE FROM rollup_hour WHERE tag_id = 3;"
                + " DELETE FROM rollup_day WHERE tag_id = 3",
            "TRUNCATE rollup_minute, rollup_hour, rollup_day",
            // One level of three
            "DELETE FROM rollup_minute WHERE tag_id = 1 AND start < '2026-01-11Z'",
            "DELETE FROM rollup_hour WHERE tag_id = 1 AND start < '2026-01-11Z'",
            "DELETE FROM rollup_day WHERE start = '2026-01-20Z'",
            // Figures
            "UPDATE rollup_day SET good = good + 1 WHERE tag_id = 2",
            "UPDATE rollup_day SET sum = sum + 1 WHERE tag_id = 3",
            "UPDATE rollup_day SET maximum = 2 * maximum + 1 WHERE tag_id = 2",
            // A day that never was
            "INSERT INTO rollup_day SELECT tag_id, start - interval '1 year', good, uncertain, bad, numbers,"
                + " sum, sum_squares, minimum, minimum_time, maximum, maximum_time, first_time, first_status,"
                + " first_value, last_time, last_status, last_value, integral, integral_micros, good_micros,"
                + " uncertain_micros, bad_micros, points FROM rollup_day"
                + " WHERE tag_id = 2 AND start >= '2026-01-10Z'")) {
      String before = state();
      jdbc.sql(wrong).update();
      assertThat(state()).as(wrong).isNotEqualTo(before);
      int mostSamples = wrong.startsWith("UPDATE") ? 10 : RollupPass.MOST_SAMPLES;
      assertThat(pass(Duration.ofMillis(1), mostSamples).mismatches()).as(wrong).isPositive();
      long found = count("rollup_mismatch");
      assertThat(pass(Duration.ofMillis(1), mostSamples).mismatches())
          .as("they are marked now: " + wrong)
          .isZero();
      drain();
      assertThat(state()).as(wrong).isEqualTo(before);
      assertThat(pass(Duration.ofMillis(1), mostSamples).mismatches()).as(wrong).isZero();
      assertThat(count("rollup_mismatch")).isEqualTo(found);
    }
    assertThat(new MismatchStore(jdbc).newest(1_000))
        .anyMatch(kept -> kept.expected() == null)
        .anyMatch(kept -> kept.kept() == null);
  }

  /** Goes through one pass, look by look. */
  private PassStore.Ended pass(Duration budget, int mostSamples) throws SQLException {
    RollupPass pass = new RollupPass(database.dataSource(), store, budget, mostSamples);
    do {
      pass.look(LATER);
    } while (store.place().beganAt() != null);
    PassStore.Ended ended = store.last();
    assertThat(ended).isNotNull();
    return ended;
  }

  private void drain() throws Exception {
    for (int i = 0; i < 50 && count("rollup_dirty") > 0; i++) {
      new RollupWorker(
              database.dataSource(), Duration.ZERO, FaultPoints.none(), InstantSource.fixed(LATER))
          .sweep();
    }
    assertThat(count("rollup_dirty")).isZero();
  }

  private String state() {
    return jdbc.sql(
            """
            SELECT md5(string_agg(r::text, ',' ORDER BY r::text)) FROM (
              SELECT * FROM rollup_minute UNION ALL SELECT * FROM rollup_hour
              UNION ALL SELECT * FROM rollup_day) r
            """)
        .query((row, n) -> String.valueOf(row.getString(1)))
        .single();
  }

  private long count(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }
}
