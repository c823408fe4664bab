package io.linewright.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostClockTest {

  private static final long MINUTE = 60_000;

  @Test
  void aClockThatIsBehindIsPutForward() {
    HostClock clock = HostClock.UNKNOWN.heard(100_000, 40_000).heard(101_000, 45_000);
    assertThat(clock.correct(Instant.ofEpochMilli(45_000)))
        .isEqualTo(Instant.ofEpochMilli(105_000));
  }

  @Test
  void anOldMessageDoesNotTurnItBack() {
    HostClock clock = HostClock.UNKNOWN.heard(1, 40_000);
    assertThat(clock.correct(Instant.ofEpochMilli(40_000))).isEqualTo(Instant.ofEpochMilli(40_000));
  }

  @Test
  void aLeadIsForgottenAfterTwoWindows() {
    HostClock clock = HostClock.UNKNOWN.heard(5_000, 0);
    assertThat(clock.heard(10 * MINUTE, 10 * MINUTE).correct(Instant.EPOCH).toEpochMilli())
        .isEqualTo(5_000);
    assertThat(
            clock
                .heard(10 * MINUTE, 10 * MINUTE)
                .heard(20 * MINUTE, 20 * MINUTE)
                .correct(Instant.EPOCH)
                .toEpochMilli())
        .isZero();
    assertThat(clock.heard(30 * MINUTE, 30 * MINUTE).correct(Instant.EPOCH).toEpochMilli())
        .isZero();
  }

  @Test
  void aGatewayClockThatJumpsBackKeepsTheLead() {
    HostClock clock = HostClock.UNKNOWN.heard(5_000, 4_000).heard(6_000, 1_000);
    assertThat(clock.correct(Instant.ofEpochMilli(1_000)).toEpochMilli()).isEqualTo(6_000);
  }
}
