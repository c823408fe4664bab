package io.linewright.ingest.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockRoomTest {

  @Test
  void itSaysWhatToSetBeforeDaysAreTooMany() {
    LockRoom usual = new LockRoom(64, 100);

    assertThat(usual.advice(2_835)).isEmpty();
    assertThat(usual.advice(3_660).orElseThrow())
        .contains("room for 6400 locks", "3660 days", "max_locks_per_transaction to 81");
    assertThat(new LockRoom(81, 100).advice(3_660)).isEmpty();
    assertThat(new LockRoom(512, 100).advice(365 * 40)).isEmpty();
  }
}
