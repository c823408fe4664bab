package io.linewright.ingest.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.history.SampleSource.Usable;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.truth.Target.At;
import io.linewright.kit.problem.RefusedException;
import io.linewright.kit.timeseries.SeriesStorage;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** The table of samples as readers ask it. */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SampleSourceTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final long BEGIN = DAY.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  private static final long END = BEGIN + 1_000;
  private static final long NOW = BEGIN + 86_400_000_000L;
  private static final At ALL = new At(BEGIN, -1);
  private static final Tag TAG =
      new Tag(
          1,
          "acme/graz/mill-01",
          "t",
          DataType.STRING,
          "1",
          TagRole.PROCESS_VALUE,
          null,
          null,
          null,
          "site",
          null,
          true,
          List.of());

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Connection connection;
  private SampleSource source;

  @BeforeEach
  void table(TestPostgres postgres) throws SQLException {
    database.setUrl(postgres.createDatabase());
    database.setUser(TestPostgres.USER);
    database.setSocketTimeout(20); // whatever is not cancelled fails the test instead of holding it
    connection = database.getConnection();
    SeriesStorage plain = SeriesStorage.of("plain");
    plain.create(connection, SampleTable.DEFINITION);
    plain.ensureChunks(connection, SampleTable.DEFINITION, Set.of(DAY));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO sample (tag_id, source_time, ordinal, status, text, gateway_time, ingest_time)
          SELECT 1, '2026-03-01T00:00:00Z'::timestamptz + n * interval '1 microsecond', o, 0, 'x',
            '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z'
          FROM generate_series(0, 4) n, generate_series(0, 1) o
          """);
    }
    source = new SampleSource(database, 1);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theEndOfAPageIsFoundWithoutItsSamples() {
    assertThat(source.keys(TAG, ALL, END, 1, NOW))
        .containsExactly(new At(BEGIN, 0), new At(BEGIN, 1));
    assertThat(source.keys(TAG, new At(BEGIN + 1, 0), END, 3, NOW))
        .containsExactly(new At(BEGIN + 2, 1), new At(BEGIN + 3, 0));
    assertThat(source.keys(TAG, ALL, END, 10, NOW)).containsExactly(new At(BEGIN + 4, 1));
    assertThat(source.keys(TAG, ALL, END, 11, NOW)).isEmpty();
    assertThat(source.keys(TAG, ALL, BEGIN + 1, 2, NOW)).containsExactly(new At(BEGIN, 1));
    assertThat(source.keys(TAG, ALL, END, 1, BEGIN - 1)).isEmpty();
  }

  @Test
  void samplesAreCountedUpToABound() {
    assertThat(source.count(TAG, ALL, END, 100, NOW)).isEqualTo(10);
    assertThat(source.count(TAG, ALL, END, 7, NOW)).isEqualTo(7);
    assertThat(source.count(TAG, new At(BEGIN + 4, 0), END, 7, NOW)).isEqualTo(1);
    assertThat(source.count(TAG, ALL, END, 100, BEGIN - 1)).isZero();
  }

  @Test
  void entriesBadNoDataArePassedOver() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE sample SET status = %d WHERE source_time > '2026-03-01T00:00:00.000001Z'"
              .formatted(
                  AggregateStatus.with(AggregateStatus.BAD_NO_DATA, AggregateStatus.PARTIAL)
                      .bits()));
    }
    for (Usable usable : List.of(Usable.ANY, Usable.KNOWN)) {
      Ask ask = new Ask(BEGIN, -1, END, 100, true, usable);
      assertThat(source.read(TAG, ask, NOW))
          .hasSize(usable == Usable.ANY ? 10 : 4)
          .allMatch(usable::admits);
    }
  }

  /** Of what lies behind many of them, roll-ups tell. */
  @Test
  void aSampleBehindManyEntriesBadNoDataIsFoundByRollups() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE raw_retained (tag_id int, raw_from timestamptz)");
      statement.execute(
          """
          CREATE TABLE rollup_day (tag_id int, start timestamptz, good int, uncertain int,
            first_status int, last_status int)
          """);
      statement.execute(
          "UPDATE sample SET status = %d WHERE source_time > '2026-03-01T00:00:00.000001Z'"
              .formatted(AggregateStatus.BAD_NO_DATA.bits()));
    }
    Ask ask = new Ask(BEGIN, -1, END, 1, true, Usable.KNOWN);
    assertThat(source.known(TAG, ask, 7, NOW)).as("there is one among seven").hasSize(1);
    assertThat(source.known(TAG, ask, 6, NOW)).isEmpty();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO rollup_day SELECT 1, '2026-03-01T00:00:00Z', 4, 0, %1$d, %1$d"
              .formatted(AggregateStatus.BAD_NO_DATA.bits()));
    }
    assertThat(source.known(TAG, ask, 6, NOW))
        .singleElement()
        .satisfies(sample -> assertThat(sample.sourceMicros()).isEqualTo(BEGIN + 1));
    assertThat(source.known(TAG, new Ask(BEGIN + 2, -1, END, 1, true, Usable.KNOWN), 6, NOW))
        .as("the day has some, but not in the range")
        .isEmpty();
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO raw_retained VALUES (1, '2026-03-02T00:00:00Z')");
    }
    assertThat(source.known(TAG, ask, 6, NOW)).as("its samples go").isEmpty();
  }

  /** Whatever asks, the server stops by itself what takes too long. */
  @Test
  void whatTakesTooLongIsCancelledAndRefused() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Not the whole table: the driver describes a statement before it watches the time
      statement.execute("LOCK TABLE " + chunk(statement) + " IN ACCESS EXCLUSIVE MODE");
      Ask ask = new Ask(BEGIN, -1, END, 5, false, Usable.ANY);
      assertThatThrownBy(() -> source.between(TAG, ALL, new At(END, -1), ask, 5, NOW))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("acme/graz/mill-01#t were not found within 1 s");
      assertThatThrownBy(() -> source.keys(TAG, ALL, END, 5, NOW))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("within 1 s");
    }
    connection.rollback();
    assertThat(source.count(TAG, ALL, END, 100, NOW)).isEqualTo(10);
  }

  private static String chunk(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'sample'::regclass")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
