package io.linewright.kit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillClockTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final InstantSource TRUE_CLOCK = InstantSource.fixed(NOON);

  @TempDir private Path directory;

  @Test
  void withoutADrillTheClockIsTheTrueOne() {
    assertThat(DrillClock.over(TRUE_CLOCK, " ")).isSameAs(TRUE_CLOCK);
  }

  @Test
  void fileSetsTheClockForwardAndBackAndTakesItsHandsOff() throws Exception {
    Path file = directory.resolve("offset");
    InstantSource clock = DrillClock.over(TRUE_CLOCK, file.toString());
    assertThat(clock.instant()).isEqualTo(NOON);
    Files.writeString(file, "86400000\n");
    await().until(() -> clock.instant().equals(NOON.plusSeconds(86_400)));
    Files.writeString(file, "-1500");
    await().until(() -> clock.instant().equals(NOON.minusMillis(1500)));
    Files.writeString(file, "much later");
    await().during(java.time.Duration.ofMillis(250)).until(() -> clock.millis() < NOON.toEpochMilli());
    Files.delete(file);
    await().until(() -> clock.instant().equals(NOON));
  }
}
