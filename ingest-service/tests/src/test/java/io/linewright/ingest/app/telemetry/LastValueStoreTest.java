package io.linewright.ingest.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.model.sample.SampleValue;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Last values are found among more days than the server has room for locks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class LastValueStoreTest {

  private static final int DAYS = 5 * LastValueStore.MOST_DAYS + 7;
  private static final LocalDate FIRST = LocalDate.parse("2020-01-01");
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);

  /** Its own: it has very little room. */
  private final TestPostgres server =
      TestPostgres.start(
          Map.of(
              "max_locks_per_transaction", "10",
              "max_connections", "20",
              "fsync", "off",
              "synchronous_commit", "off"));

  private IngestDatabase database;
  private JdbcClient jdbc;
  private LastValueStore store;

  @BeforeAll
  void makeManyDays() {
    database =
        IngestDatabase.create(
            new Database(server.createDatabase(), TestPostgres.USER, ""), "many_days");
    database.ensure(IntStream.range(0, DAYS).mapToObj(FIRST::plusDays).toList());
    jdbc = JdbcClient.create(database.dataSource());
    store = new LastValueStore(jdbc, database.samples());
    for (int tag = 1; tag <= 6; tag++) {
      jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', ?, 'double')")
          .param("t" + tag)
          .update();
    }
  }

  @BeforeEach
  void empty() {
    jdbc.sql("DELETE FROM last_value").update();
  }

  @AfterAll
  void stop() throws SQLException {
    // Dropping the schema would lock all days at once
    database.dataSource().unwrap(HikariDataSource.class).close();
    server.close();
  }

  @Test
  void theyAreFoundWhereverTheyAre() {
    assertThatThrownBy(() -> jdbc.sql("SELECT max(source_time) FROM sample").query().listOfRows())
        .as("all days at once are too many, else this proves nothing")
        .rootCause()
        .hasMessageContaining("max_locks_per_transaction");
    put(1, LAST, 10);
    put(1, FIRST, 11);
    put(2, FIRST, 20);
    put(3, FIRST.plusDays(400), 30);
    put(3, FIRST.plusDays(399), 31);
    put(4, FIRST.plusDays(500), 40);
    put(5, FIRST.plusDays(DAYS - LastValueStore.MOST_DAYS), 50);
    mark(2, FIRST);
    mark(3, FIRST.plusDays(10));
    mark(4, FIRST.plusDays(501));

    assertThat(byTag(store.find()))
        .as("nothing before a mark is looked at")
        .isEqualTo(Map.of(1, 10.0, 2, 20.0, 3, 30.0, 5, 50.0));

    List<@Nullable Long> known =
        Arrays.asList(
            micros(LAST), null, micros(FIRST.plusDays(399)) + 1, null, micros(LAST), null);
    assertThat(byTag(store.find(List.of(1, 2, 3, 4, 5, 6), known, null)))
        .isEqualTo(Map.of(1, 10.0, 2, 20.0, 3, 30.0, 4, 40.0));
    assertThat(
            byTag(store.find(List.of(1, 2, 3, 4, 5, 6), known, Instant.parse(LAST + "T00:00:00Z"))))
        .isEqualTo(Map.of(1, 10.0));
  }

  private void put(int tag, LocalDate day, double value) {
    jdbc.sql(
            "INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time,"
                + " ingest_time) SELECT ?, d, 0, 0, ?, d, d FROM (SELECT ?::timestamptz) AS t (d)")
        .params(tag, value, day + " 00:00:00+00")
        .update();
  }

  private void mark(int tag, LocalDate day) {
    jdbc.sql("INSERT INTO last_value (tag_id, source_time) VALUES (?, ?::timestamptz)")
        .params(tag, day + " 00:00:00+00")
        .update();
  }

  private static long micros(LocalDate day) {
    return day.toEpochDay() * 86_400_000_000L;
  }

  private static Map<Integer, Double> byTag(List<LastValue> values) {
    return values.stream()
        .collect(Collectors.toMap(LastValue::tagId, value -> number(value.sample().value())));
  }

  private static double number(@Nullable SampleValue value) {
    return value instanceof SampleValue.DoubleValue(double number) ? number : Double.NaN;
  }
}
