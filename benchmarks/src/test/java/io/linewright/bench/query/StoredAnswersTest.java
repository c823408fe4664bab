package io.linewright.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.load.LoadTags;
import io.linewright.bench.load.SampleEncoder;
import io.linewright.bench.query.Questions.Kind;
import io.linewright.model.sample.SampleValue;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestServers.class)
class StoredAnswersTest {

  private static final LoadTags TAGS = new LoadTags(1, 1);
  private static final Instant NOW = Instant.parse("2026-01-31T12:34:00Z");
  private static final Instant FROM = NOW.minus(Duration.ofDays(30));
  private static final HistoryPlan PLAN = new HistoryPlan(TAGS, NOW, 1_000);
  private static final int[] IDS = {7};

  private final StoredAnswers answers = new StoredAnswers(1);
  private Connection connection;

  @BeforeEach
  void fill(TestPostgres postgres) throws SQLException {
    connection = DriverManager.getConnection(postgres.createDatabase(), TestPostgres.USER, "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE SCHEMA ingest;
          CREATE TABLE ingest.sample (tag_id int, source_time timestamptz, ordinal smallint, status int,
            number float8, integer int8, bool boolean, gateway_time timestamptz, ingest_time timestamptz)
          """);
    }
    SampleEncoder rows = new SampleEncoder(connection);
    // One column of 44 minutes: 5, 9, 1, 9, 3; the next one: 4.5; a value of the last minute: 2
    double[] values = {5, 9, 1, 9, 3};
    for (int i = 0; i < values.length; i++) {
      put(rows, FROM.plusSeconds(60L * i), values[i]);
    }
    put(rows, FROM.plusSeconds(45 * 60), 4.5);
    put(rows, NOW.minusSeconds(30), 2);
    assertThat(rows.end()).isEqualTo(7);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aTrendHasTheExtremesOfItsColumns() throws SQLException {
    // Of two equal ones the first; the last minute may lack what came in it
    answers.offer(trend("extremes", "0:5", "60:9", "120:1", "240:3", "2700:4.5"));

    assertThat(answers.size()).isOne();
    assertThat(wrong()).isEmpty();
  }

  @Test
  void aTrendWithoutAnExtremeIsWrong() throws SQLException {
    answers.offer(trend("extremes", "0:5", "60:9", "240:3", "2700:4.5"));

    assertThat(wrong()).contains("point 2 is Point[micros=").contains("number=1.0]");
  }

  @Test
  void aTrendWithAnotherValueIsWrong() throws SQLException {
    answers.offer(trend("extremes", "0:5", "60:9", "120:1", "240:3", "2700:4.6"));

    assertThat(wrong()).contains("number=4.6], by the table").contains("number=4.5]");
  }

  @Test
  void allSamplesAreAllThatAreThere() throws SQLException {
    answers.offer(trend("raw", "0:5", "60:9", "120:1", "180:9", "240:3", "2700:4.5"));
    assertThat(wrong()).isEmpty();

    answers.offer(trend("raw", "0:5", "60:9", "120:1", "180:9", "240:3"));
    assertThat(wrong()).contains("point 5 is nothing more");
  }

  @Test
  void aLastValueStandsInTheTable() throws SQLException {
    answers.offer(last("2026-01-31T12:33:30Z", 2));
    assertThat(wrong()).isEmpty();

    answers.offer(last("2026-01-31T12:33:30Z", 3));
    assertThat(wrong()).contains("1 values do not stand in the table");
  }

  @Test
  void someOfManyAreKept() {
    for (int i = 0; i < 500; i++) {
      answers.offer(trend("raw"));
    }
    assertThat(answers.size()).isEqualTo(StoredAnswers.KEPT);

    answers.forget();
    assertThat(answers.size()).isZero();
  }

  private String wrong() throws SQLException {
    return String.join("; ", answers.wrong(connection, PLAN, IDS));
  }

  private static void put(SampleEncoder rows, Instant at, double value) throws SQLException {
    long micros = AnswerCheck.micros(at);
    rows.row(IDS[0], micros, SampleValue.of(value), micros, micros);
  }

  private static Asked last(String time, double value) {
    String body =
        "{\"values\":[{\"tag\":\"%s\",\"time\":\"%s\",\"value\":%s}]}"
            .formatted(TAGS.key(0), time, value);
    return new Asked(Kind.LAST_VALUES, -1, Instant.EPOCH, NOW, NOW, 0, 200, body);
  }

  /** Points as seconds after the begin and value. */
  private static Asked trend(String method, String... points) {
    StringBuilder samples = new StringBuilder();
    for (String point : points) {
      String[] parts = point.split(":", 2);
      samples
          .append(samples.isEmpty() ? "" : ",")
          .append(
              "{\"time\":\"%s\",\"value\":%s}"
                  .formatted(FROM.plusSeconds(Long.parseLong(parts[0])), parts[1]));
    }
    String body = "{\"method\":\"%s\",\"samples\":[%s]}".formatted(method, samples);
    return new Asked(Kind.TREND, 0, FROM, NOW, NOW, 0, 200, body);
  }
}
