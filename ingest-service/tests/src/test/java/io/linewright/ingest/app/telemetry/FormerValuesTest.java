package io.linewright.ingest.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.registry.Stretch;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Among more days than are looked at in one statement. */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class FormerValuesTest {

  private static final int DAYS = LastValueStore.MOST_DAYS + 3;
  private static final LocalDate FIRST = LocalDate.parse("2025-01-01");

  private IngestDatabase database;
  private JdbcClient jdbc;
  private FormerValues values;
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  @BeforeEach
  void start(TestPostgres postgres) {
    database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "former_values");
    database.ensure(IntStream.range(0, DAYS).mapToObj(FIRST::plusDays).toList());
    jdbc = JdbcClient.create(database.dataSource());
    values = new FormerValues(jdbc, database.samples(), () -> now);
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void theLastOfEachStretchIsFound() {
    put(1, 0, 10);
    put(1, 100, 11);
    put(1, 182, 12);
    put(2, 182, 20);
    Source old = source(1, Stretch.EVER, 100);
    Source middle = source(1, 100, 182);
    Source none = source(1, 101, 182);
    Source behind = source(2, Stretch.EVER, 182);
    Source open = source(2, 182, Stretch.ON);

    assertThat(found(old, middle, none, behind, open))
        .isEqualTo(Map.of(old, 10.0, middle, 11.0, open, 20.0));
    assertThat(found()).isEmpty();
  }

  @Test
  void lateValuesAreFoundAfterAWhile() {
    Source empty = source(1, 0, 10);
    Source other = source(2, 0, 10);
    put(2, 4, 20);
    assertThat(found(empty, other)).isEqualTo(Map.of(other, 20.0));
    put(1, 5, 10);
    put(2, 5, 21);

    now = now.plus(FormerValues.AGE).minusMillis(1);
    assertThat(found(empty, other)).as("one look serves").isEqualTo(Map.of(other, 20.0));
    now = now.plusMillis(1);
    assertThat(found(empty, other)).isEqualTo(Map.of(empty, 10.0, other, 21.0));
  }

  private Map<Source, Double> found(Source... wanted) {
    Map<Source, Double> numbers = new HashMap<>();
    values
        .find(List.of(wanted))
        .forEach(
            (source, value) -> {
              assertThat(value.tagId()).isEqualTo(source.tagId());
              numbers.put(
                  source,
                  value.sample().value() instanceof DoubleValue(double number)
                      ? number
                      : Double.NaN);
            });
    return numbers;
  }

  /** By days since the first. */
  private static Source source(int tag, long from, long to) {
    return new Source(
        tag, from == Stretch.EVER ? from : micros(from), to == Stretch.ON ? to : micros(to));
  }

  private static long micros(long day) {
    return FIRST.plusDays(day).toEpochDay() * 86_400_000_000L;
  }

  private void put(int tag, int day, double value) {
    jdbc.sql(
            "INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time,"
                + " ingest_time) SELECT ?, d, 0, 0, ?, d, d FROM (SELECT ?::timestamptz) AS t (d)")
        .params(tag, value, FIRST.plusDays(day) + " 00:00:00+00")
        .update();
  }
}
