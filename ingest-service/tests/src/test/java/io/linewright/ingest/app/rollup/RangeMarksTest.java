package io.linewright.ingest.app.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.correction.Corrector;
import io.linewright.ingest.app.correction.Corrector.Item;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Corrections of long ranges cost what there is to compute, not what their calendar has. */
@ExtendWith(TestServers.class)
class RangeMarksTest {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 10);
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");
  private static final long CENTURY = 36_500L * Level.DAY.micros();

  private IngestDatabase database;
  private JdbcClient jdbc;
  private Corrector corrector;

  @BeforeEach
  void fill(TestPostgres postgres) throws Exception {
    database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "ranges");
    jdbc = JdbcClient.create(database.dataSource());
    corrector = new Corrector(database);
    database.ensure(List.of(DAY, DAY.plusDays(1), DAY.plusDays(2), DAY.plusDays(3)));
    for (int i = 1; i <= 2; i++) {
      jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', ?, 'double')")
          .param("t" + i)
          .update();
    }
    // Tag 1 has samples on two of four days, tag 2 on all
    for (String sample :
        List.of("1, '2026-01-10", "1, '2026-01-12", "2, '2026-01-10", "2, '2026-01-11")) {
      store(sample + "T12:00:30Z'");
    }
    try (Connection connection = database.dataSource().getConnection()) {
      for (int tag = 1; tag <= 2; tag++) {
        DirtyMarks.mark(connection, tag, at("2026-01-10T00:00:00Z"), at("2026-01-14T00:00:00Z"));
      }
    }
    sweep(LATER);
    assertThat(count("rollup_dirty", "true")).isZero();
    assertThat(count("rollup_day", "true")).isEqualTo(4);
  }

  @AfterEach
  void dropTables() throws SQLException {
    database.drop();
  }

  @Test
  void aThousandCenturiesAreAThousandMarksAndTwoDays() throws Exception {
    List<Item> items =
        IntStream.range(0, 1_000)
            .mapToObj(
                i -> {
                  long from = at("1950-01-01T00:00:00Z") + i * Level.DAY.micros();
                  return new Item(1, Correction.delete(new During(from, from + CENTURY)));
                })
            .toList();
    assertThat(corrector.correct(items)).hasSize(1_000);
    assertThat(count("rollup_dirty", "true")).isEqualTo(1_000);
    assertThat(count("rollup_dirty", "to_bucket - from_bucket > 1440 AND epoch < 0"))
        .isEqualTo(1_000);

    // What is not over yet is divided, too, and its days wait
    sweep(Instant.parse("2026-01-10T00:00:00Z"));
    assertThat(days(1)).containsExactly(day(DAY), day(DAY.plusDays(2)));
    assertThat(count("rollup_dirty", "true")).isEqualTo(2);

    sweep(LATER);
    assertThat(count("rollup_dirty", "true")).isZero();
    assertThat(count("rollup_day", "tag_id = 1")).isZero();
    assertThat(count("rollup_minute", "tag_id = 1")).isZero();
    assertThat(count("rollup_day", "tag_id = 2")).isEqualTo(2);
  }

  /** Nobody waits for the year 2090. */
  @Test
  void theFutureIsNotMarked() throws Exception {
    long from = at("2090-01-01T10:00:00Z");
    During hour = new During(from, from + Level.HOUR.micros());
    assertThat(corrector.correct(List.of(new Item(1, Correction.delete(hour))))).hasSize(1);
    sweep(LATER);
    assertThat(count("rollup_dirty", "true")).isZero();
    // What is stored there later is deleted, and computed so
    database.ensure(List.of(LocalDate.of(2090, 1, 1)));
    store("1, '2090-01-01T09:59:30Z'");
    store("1, '2090-01-01T10:00:30Z'");
    try (Connection connection = database.dataSource().getConnection()) {
      DirtyMarks.mark(connection, 1, from - Level.MINUTE.micros(), from + Level.MINUTE.micros());
    }
    sweep(Instant.parse("2090-01-02T00:01:00Z"));
    assertThat(count("rollup_minute", "start >= '2090-01-01Z'")).isEqualTo(1);
  }

  /** Inserted values and roll-ups count, too; only the stretch itself is marked. */
  @Test
  void daysWithInsertedValuesAreFound() throws Exception {
    At key = new At(at("2026-01-20T10:00:30Z"), 0);
    Correction inserted = new Correction(Kind.INSERT, key, SampleValue.of(4.5), StatusCode.GOOD);
    assertThat(corrector.correct(List.of(new Item(1, inserted)))).hasSize(1);
    sweep(LATER);
    assertThat(count("rollup_day", "tag_id = 1")).isEqualTo(3);

    During both = new During(at("2026-01-12T12:00:00Z"), at("2026-01-20T10:01:00Z"));
    assertThat(corrector.correct(List.of(new Item(1, Correction.delete(both))))).hasSize(1);
    sweep(Instant.parse("2026-01-10T00:00:00Z"));
    assertThat(
            jdbc.sql("SELECT to_bucket - from_bucket FROM rollup_dirty ORDER BY from_bucket")
                .query(Integer.class)
                .list())
        .containsExactly(12 * 60, 10 * 60 + 1);
    sweep(LATER);
    assertThat(count("rollup_day", "tag_id = 1")).isEqualTo(1);

    assertThat(corrector.correct(List.of(new Item(1, Correction.restore(both))))).hasSize(1);
    sweep(LATER);
    assertThat(count("rollup_day", "tag_id = 1"))
        .as("what was stored is back, what was inserted is not")
        .isEqualTo(2);
  }

  /**
   * A sample that is being stored while its day is corrected is not seen by who corrects, nor the
   * correction by who computes the sample's minute first.
   */
  @Test
  void aSampleThatIsStoredMeanwhileIsNotForgotten() throws Exception {
    try (Connection correcting = database.dataSource().getConnection()) {
      correcting.setAutoCommit(false);
      correcting
          .createStatement()
          .execute(
              """
              INSERT INTO correction_request VALUES
                ('00000000-0000-0000-0000-000000000001', 'x', 'x', 'x', '', now());
              INSERT INTO corrected_tag VALUES (1, 1);
              INSERT INTO correction (tag_id, version, kind, source_time, end_time, request_id, recorded_at)
              VALUES (1, 1, 'delete', '1990-01-01Z', '2030-01-01Z',
                '00000000-0000-0000-0000-000000000001', now());
              """);
      DirtyMarks.markRange(correcting, 1, at("1990-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
      store("1, '2026-01-13T12:00:30Z'");
      try (Connection connection = database.dataSource().getConnection()) {
        DirtyMarks.mark(connection, 1, at("2026-01-13T12:00:00Z"), at("2026-01-13T12:01:00Z"));
      }
      sweep(LATER);
      assertThat(count("rollup_day", "tag_id = 1")).isEqualTo(3);
      correcting.commit();
    }
    sweep(LATER);
    assertThat(count("rollup_day", "tag_id = 1")).isZero();
  }

  private void store(String tagAndTime) {
    jdbc.sql(
            "INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)"
                + " VALUES (%s, 0, 0, 1, now(), now())".formatted(tagAndTime))
        .update();
  }

  private void sweep(Instant now) throws Exception {
    new RollupWorker(
            database.dataSource(), Duration.ZERO, FaultPoints.none(), InstantSource.fixed(now))
        .sweep();
  }

  private List<Integer> days(int tag) {
    return jdbc.sql("SELECT from_bucket / 1440 FROM rollup_dirty WHERE tag_id = ? ORDER BY 1")
        .param(tag)
        .query((row, n) -> row.getInt(1))
        .list();
  }

  private static int day(LocalDate day) {
    return Math.toIntExact(day.toEpochDay());
  }

  private long count(String table, String condition) {
    return jdbc.sql("SELECT count(*) FROM %s WHERE %s".formatted(table, condition))
        .query(Long.class)
        .single();
  }

  private static long at(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
