package io.linewright.ingest.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.registry.Stretch;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Among more days than are looked at in one statement. */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests, or before each
class FormerValuesTest {

  private static final int DAYS = LastValueStore.MOST_DAYS + 3;
  private static final LocalDate FIRST = LocalDate.parse("2025-01-01");

  private static final int MOST_KNOWN = 5;

  private final Deque<Runnable> aside = new ArrayDeque<>();
  private IngestDatabase database;
  private JdbcClient jdbc;
  private FormerValues values;
  private Instant now;

  /** How much later it is whenever somebody looks at the clock. */
  private Duration step;

  @BeforeAll
  void start(TestPostgres postgres) {
    database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "former_values");
    database.ensure(IntStream.range(0, DAYS).mapToObj(FIRST::plusDays).toList());
    jdbc = JdbcClient.create(database.dataSource());
  }

  @BeforeEach
  void begin() {
    jdbc.sql("DELETE FROM sample").update();
    jdbc.sql("DELETE FROM raw_retained").update();
    aside.clear();
    now = Instant.parse("2026-03-01T00:00:00Z");
    step = Duration.ZERO;
    values = values(Runnable::run);
  }

  @AfterAll
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

  @Test
  void nobodyWaitsForWhatHasBeenLookedForBefore() {
    values = values(aside::add);
    Source empty = source(1, 0, 10);
    Source other = source(2, 0, 10);
    put(2, 4, 20);
    assertThat(found(empty, other)).isEqualTo(Map.of(other, 20.0));
    put(1, 5, 10);
    put(2, 5, 21);
    now = now.plus(FormerValues.AGE);
    for (int i = 0; i < 3; i++) {
      assertThat(found(empty, other)).isEqualTo(Map.of(other, 20.0));
    }
    assertThat(aside).as("one looks").hasSize(1);

    Duration took = Duration.ofSeconds(3);
    step = took.dividedBy(3); // at its begin, when it is its turn, with its answer, at its end
    aside.remove().run();
    now = now.minus(step);
    step = Duration.ZERO;

    assertThat(found(empty, other)).isEqualTo(Map.of(empty, 10.0, other, 21.0));
    put(1, 6, 11);
    Duration gap = took.multipliedBy(FormerValues.SHARE);
    now = now.plus(gap).minusMillis(1);
    assertThat(found(empty)).isEqualTo(Map.of(empty, 10.0));
    assertThat(aside).as("the next look waits, as the last one took long").isEmpty();
    now = now.plusMillis(1);
    assertThat(found(empty)).isEqualTo(Map.of(empty, 10.0));
    assertThat(aside).hasSize(1);
    now = now.plus(gap.multipliedBy(FormerValues.MOST_GAPS));
    assertThat(found(empty)).as("nobody has asked for long").isEqualTo(Map.of(empty, 11.0));
  }

  @Test
  void whatRetentionDeletesIsForgotten() {
    Source source = source(1, Stretch.EVER, 100);
    put(1, 10, 10);
    assertThat(found(source)).isEqualTo(Map.of(source, 10.0));
    jdbc.sql("DELETE FROM sample").update();

    now = now.plus(FormerValues.AGE);
    assertThat(found(source)).isEmpty();
  }

  @Test
  void theOldestAnswersAreForgottenFirst() {
    values = values(aside::add);
    List<Source> sources =
        IntStream.rangeClosed(1, MOST_KNOWN + 1).mapToObj(tag -> source(tag, 0, 10)).toList();
    for (Source one : sources) {
      assertThat(found(one)).isEmpty();
      now = now.plusMillis(1);
    }
    for (Source one : sources) {
      put(one.tagId(), 5, 10);
    }

    assertThat(found(sources.getLast(), sources.get(1))).as("one look serves").isEmpty();
    assertThat(found(sources.getFirst())).isEqualTo(Map.of(sources.getFirst(), 10.0));
  }

  @Test
  void oneLooksForAll() throws Exception {
    Source source = source(1, 0, 10);
    put(1, 5, 10);
    int askers = 5;
    List<Map<Source, Double>> answers = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        IntStream.range(0, askers)
            .mapToObj(i -> Thread.ofPlatform().unstarted(() -> answers.add(found(source))))
            .toList();
    try (Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE sample IN ACCESS EXCLUSIVE MODE");
      threads.forEach(Thread::start);
      Awaitility.await()
          .until(
              () ->
                  threads.stream()
                          .filter(one -> one.getState() == Thread.State.TIMED_WAITING)
                          .count()
                      == askers - 1);
      other.rollback();
    }
    for (Thread one : threads) {
      one.join();
    }
    assertThat(answers).hasSize(askers).containsOnly(Map.of(source, 10.0));
  }

  private FormerValues values(Executor other) {
    return new FormerValues(jdbc, database.samples(), this::clock, other, MOST_KNOWN);
  }

  private synchronized Instant clock() {
    Instant time = now;
    now = now.plus(step);
    return time;
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
