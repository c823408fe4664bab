package io.linewright.ingest.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Readers wait for those who store samples, and for nobody else. */
@ExtendWith(TestServers.class)
class IngestPositionTest {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 10);
  private static final String INSERT =
      "INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)"
          + " SELECT 1, '2026-01-10T12:00:00Z'::timestamptz + %d * interval '1 ms', 0, 0, 1, now(), '%s'";

  private Database server;
  private IngestDatabase database;
  private JdbcClient jdbc;

  @BeforeEach
  void makeTables(TestPostgres postgres) {
    server = server(postgres);
    database = IngestDatabase.create(server, "position_" + System.nanoTime());
    database.ensure(List.of(DAY));
    jdbc = JdbcClient.create(database.dataSource());
  }

  Database server(TestPostgres postgres) {
    return new Database(postgres.createDatabase(), TestPostgres.USER, "");
  }

  /** How the statement looks that takes a day away. */
  String dropping() {
    return "%DETACH PARTITION%CONCURRENTLY%";
  }

  @AfterEach
  void dropTables() throws SQLException {
    database.drop();
  }

  @Test
  void whoStoresHoldsReadersBackUntilTheEnd() throws Exception {
    try (Connection writer = database.dataSource().getConnection()) {
      writer.setAutoCommit(false);
      Instant stamp = store(writer, 1);
      assertThat(IngestPosition.upTo(jdbc)).isLessThan(micros(stamp));
      writer.commit();
      assertThat(IngestPosition.upTo(jdbc)).isGreaterThanOrEqualTo(micros(stamp));
    }
  }

  @Test
  void otherSessionsOfTheSameRoleHoldNobodyBack() throws Exception {
    try (Connection terminal = terminal();
        Connection own = OwnConnection.open(database.dataSource(), "compression");
        Statement asked = terminal.createStatement();
        Statement compressing = own.createStatement()) {
      terminal.setAutoCommit(false);
      own.setAutoCommit(false);
      asked.execute("SELECT count(*) FROM pg_class");
      compressing.execute("SELECT count(*) FROM pg_class");
      assertNobodyIsHeldBack();
    }
  }

  /** The service's own work on days waits for a reader of the database, its readers do not. */
  @Test
  void whoDropsADayHoldsNobodyBack() throws Exception {
    jdbc.sql(INSERT.formatted(1, Instant.EPOCH)).update();
    try (Connection terminal = terminal();
        Statement asked = terminal.createStatement();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      terminal.setAutoCommit(false);
      asked.execute("SELECT count(*) FROM sample");
      Future<Integer> dropped =
          threads.submit(
              () -> {
                try (Connection connection = database.dataSource().getConnection()) {
                  return database.samples().dropBefore(connection, DAY.plusDays(1), 1);
                }
              });
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> dropped.isDone() || waits(dropping()));
      assertThat(dropped).as("dropping waits").isNotDone();
      assertNobodyIsHeldBack();
      terminal.rollback();
      dropped.get();
    }
  }

  /** Samples that are stored all the time: none at or before a position is seen later only. */
  @Test
  void nothingComesLateAtOrBeforeAPosition() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int first = i * 10_000_000;
        writers.add(threads.submit(() -> storeOften(stop, first)));
      }
      try {
        long position = 0;
        long seen = 0;
        for (int i = 0; i < 300; i++) {
          assertThat(upTo(position)).as("looked at again").isEqualTo(seen);
          position = IngestPosition.upTo(jdbc);
          seen = upTo(position);
        }
        assertThat(seen).isPositive();
      } finally {
        stop.set(true);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  @Test
  void anotherNameOfThePoolsSessionsIsRefused() throws Exception {
    IngestPosition.requireName(jdbc);
    try (Connection terminal = terminal()) {
      JdbcClient other = JdbcClient.create(new SingleConnectionDataSource(terminal, true));
      assertThatThrownBy(() -> IngestPosition.requireName(other))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'psql'")
          .hasMessageContaining("ApplicationName");
    }
  }

  private Void storeOften(AtomicBoolean stop, int first) throws SQLException {
    int number = first;
    while (!stop.get()) {
      try (Connection writer = database.dataSource().getConnection()) {
        writer.setAutoCommit(false);
        store(writer, number++);
        writer.commit();
      }
    }
    return null;
  }

  /** As the historian: the stamp first, then the rows. */
  private static Instant store(Connection writer, int number) throws SQLException {
    JdbcClient transaction = JdbcClient.create(new SingleConnectionDataSource(writer, true));
    Instant stamp = IngestPosition.stamp(transaction);
    transaction.sql(INSERT.formatted(number, stamp)).update();
    return stamp;
  }

  private long upTo(long position) {
    return jdbc.sql("/* read */ SELECT count(*) FROM sample WHERE ingest_time <= ?::timestamptz")
        .param(Instant.EPOCH.plus(position, ChronoUnit.MICROS).toString())
        .query(Long.class)
        .single();
  }

  private void assertNobodyIsHeldBack() {
    Instant now =
        jdbc.sql("/* read */ SELECT clock_timestamp()")
            .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
            .single();
    assertThat(IngestPosition.upTo(jdbc)).isGreaterThanOrEqualTo(micros(now));
  }

  private boolean waits(String query) {
    return jdbc.sql(
            "/* read */ SELECT EXISTS (SELECT FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ?)")
        .param(query)
        .query(Boolean.class)
        .single();
  }

  /** A session of an administrator with the same role. */
  private Connection terminal() throws SQLException {
    String schema =
        String.valueOf(
            ((HikariDataSource) database.dataSource())
                .getDataSourceProperties()
                .getProperty("currentSchema"));
    String separator = server.url().contains("?") ? "&" : "?";
    return DriverManager.getConnection(
        server.url() + separator + "ApplicationName=psql&currentSchema=" + schema,
        server.user(),
        server.password());
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
