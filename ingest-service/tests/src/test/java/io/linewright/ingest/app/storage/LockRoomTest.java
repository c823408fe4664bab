package io.linewright.ingest.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(TestServers.class)
class LockRoomTest {

  @Test
  void itSaysWhatToSetBeforeDaysAreTooMany() {
    LockRoom usual = new LockRoom(64, 100, LockRoom.PLAIN);

    assertThat(usual.advice(2_835)).isEmpty();
    assertThat(usual.advice(3_660).orElseThrow())
        .contains("room for 6400 locks", "3660 days", "max_locks_per_transaction to 81");
    assertThat(new LockRoom(81, 100, LockRoom.PLAIN).advice(3_660)).isEmpty();
    assertThat(new LockRoom(512, 100, LockRoom.PLAIN).advice(365 * 40)).isEmpty();
  }

  @Test
  void aCompressedDayTakesMore() {
    LockRoom usual = new LockRoom(64, 100, LockRoom.TIMESCALE);

    assertThat(usual.advice(1_235)).isEmpty();
    assertThat(usual.advice(1_236).orElseThrow())
        .contains("need 6404", "max_locks_per_transaction to 65");
  }

  @Test
  void itGoesByTheStorageOfTheServer(TestPostgres postgres) throws Exception {
    IngestDatabase database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "lock_room");
    JdbcClient jdbc = JdbcClient.create(database.dataSource());

    assertThat(LockRoom.of(jdbc).perDay()).isEqualTo(LockRoom.PLAIN);
    jdbc.sql("UPDATE series_storage SET flavour = 'timescale'").update();
    assertThat(LockRoom.of(jdbc).perDay()).isEqualTo(LockRoom.TIMESCALE);
    database.drop();
  }
}
