package io.linewright.kit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
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
    AtomicLong nanos = new AtomicLong();
    InstantSource clock = new DrillClock(TRUE_CLOCK, file, nanos::get);
    assertThat(clock.instant()).isEqualTo(NOON);
    Files.writeString(file, "86400000\n");
    assertThat(clock.instant()).as("not read again yet").isEqualTo(NOON);
    nanos.addAndGet(DrillClock.LATEST.toNanos());
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(86_400));
    Files.writeString(file, "-1500");
    nanos.addAndGet(DrillClock.LATEST.toNanos());
    assertThat(clock.instant()).isEqualTo(NOON.minusMillis(1500));
    Files.writeString(file, "much later");
    nanos.addAndGet(DrillClock.LATEST.toNanos());
    assertThat(clock.instant()).as("torn").isEqualTo(NOON.minusMillis(1500));
    Files.delete(file);
    nanos.addAndGet(DrillClock.LATEST.toNanos());
    assertThat(clock.instant()).isEqualTo(NOON);
  }
}
