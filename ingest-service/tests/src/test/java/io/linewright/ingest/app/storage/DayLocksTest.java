package io.linewright.ingest.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.DayLocks.Held;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who wants a day for himself beside those who hold days. */
@ExtendWith(TestServers.class)
class DayLocksTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final List<LocalDate> DAYS = FIRST.datesUntil(FIRST.plusDays(12)).toList();

  /** Well below the two seconds of each day together. */
  private static final Duration SHORT = Duration.ofSeconds(12);

  private final List<LocalDate> worked = new ArrayList<>();

  @Test
  void whileAnExportHoldsAllDaysTheyAreNotTriedOneByOne(TestPostgres postgres) throws Exception {
    IngestDatabase database = database(postgres, "all_held");
    try (Connection exporter = database.dataSource().getConnection();
        Connection own = database.dataSource().getConnection()) {
      Held all = DayLocks.holdAll(exporter, 0);
      long begin = System.nanoTime();
      assertThat(alone(own)).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHORT);

      all.release();
      assertThat(alone(own)).contains(FIRST);
      assertThat(worked).containsExactly(FIRST);
    }
    database.drop();
  }

  @Test
  void aDayThatSomebodyHoldsIsPassedOver(TestPostgres postgres) throws Exception {
    IngestDatabase database = database(postgres, "one_held");
    try (Connection reader = database.dataSource().getConnection();
        Connection own = database.dataSource().getConnection()) {
      DayLocks.hold(reader, Set.of((int) FIRST.toEpochDay()), 0);

      assertThat(alone(own)).contains(FIRST.plusDays(1));
      // Nothing is left locked behind it
      DayLocks.hold(reader, Set.of((int) FIRST.plusDays(1).toEpochDay()), 1).release();
      DayLocks.holdAll(reader, 1).release();
    }
    database.drop();
  }

  private Optional<LocalDate> alone(Connection connection) throws Exception {
    return DayLocks.alone(
        connection,
        DAYS,
        day -> {
          worked.add(day);
          return true;
        });
  }

  private static IngestDatabase database(TestPostgres postgres, String schema) {
    return IngestDatabase.create(
        new Database(postgres.createDatabase(), TestPostgres.USER, ""), schema);
  }
}
