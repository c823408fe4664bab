package io.linewright.ingest.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.kit.timeseries.SeriesStorage;
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
import org.springframework.dao.DataAccessResourceFailureException;

/** Three texts of thirty bytes and ten characters each were stored after the position. */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class MissedSamplesTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final long POSITION =
      DAY.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000 + 500_000;
  private static final List<Integer> TAGS = List.of(1, 2);

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Connection connection;

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
          SELECT 1, '2026-03-01T00:00:00Z'::timestamptz + n * interval '1 microsecond', 0, 0,
            repeat('€', 10), '2026-03-01T00:00:00Z', '2026-03-01T00:00:01Z'
          FROM generate_series(1, 3) n
          """);
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void asMuchAsIsAllowedIsFoundAndNoMore() throws InterruptedException {
    assertThat(found(3, 90)).extracting(LastValue::tagId).containsExactly(1, 1, 1);
    assertThat(missed(3, 89).after(POSITION, TAGS)).isEmpty();
    assertThat(missed(2, 90).after(POSITION, TAGS)).isEmpty();
    assertThat(found(0, 0, POSITION + 1_000_000)).isEmpty();
  }

  @Test
  void aSearchThatTakesTooLongIsCancelled() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Not the whole table: the driver describes a statement before it watches the time
      statement.execute("LOCK TABLE " + chunk(statement) + " IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> missed(3, 90).after(POSITION, TAGS))
          .isInstanceOf(DataAccessResourceFailureException.class)
          .rootCause()
          .hasMessageContaining("canceling statement due to user request");
    }
    connection.rollback();
    assertThat(found(3, 90)).hasSize(3);
  }

  private List<LastValue> found(int most, long mostBytes) throws InterruptedException {
    return found(most, mostBytes, POSITION);
  }

  private List<LastValue> found(int most, long mostBytes, long position)
      throws InterruptedException {
    return missed(most, mostBytes).after(position, TAGS).orElseThrow();
  }

  private MissedSamples missed(int most, long mostBytes) {
    return new MissedSamples(database, most, mostBytes, 1);
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
