package io.linewright.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.trip.TripRun;
import io.linewright.system.plant.PlantFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole plant for a while, four minutes or as long as {@code -Dlinewright.soak=PT2H} says:
 * nothing grows, values keep arriving, and at the end the books balance.
 */
@Tag("long")
class SoakTest {

  private static final Duration LENGTH =
      Duration.parse(System.getProperty("linewright.soak", "PT4M"));
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  /** Figures are taken about so often, whatever the length. */
  private static final int LOOKS = 24;

  private static final double OLDEST_NEWEST_SECONDS = 10;

  /**
   * By how much the line through a figure may rise over the watched time, however long that is: a
   * longer run is stricter. A leak of one object per value would show within minutes: the plant
   * changes several hundred values a second.
   */
  private static final Map<String, Double> MAY_RISE =
      Map.of(
          "heap after GC [MiB]", 16.0,
          "threads", 6.0,
          "open files", 24.0,
          "edge log [MiB]", 8.0,
          "quarantined", 0.0,
          "consumer lag", 500.0);

  @Test
  void nothingGrowsAndTheBooksBalance() throws Exception {
    try (PlantFixture fixture =
        PlantFixture.start(List.of("--simulator-seed", "21", "--simulator-speed", "5"))) {
      List<Vitals> seen = new ArrayList<>();
      try (VitalSigns signs = new VitalSigns(fixture)) {
        pause(WARM_UP);
        Instant end = Instant.now().plus(LENGTH);
        while (Instant.now().isBefore(end)) {
          Vitals now = signs.look();
          System.out.println(now.line());
          assertThat(now.newestSeconds())
              .as("age of the newest value, s")
              .isLessThan(OLDEST_NEWEST_SECONDS);
          seen.add(now);
          pause(LENGTH.dividedBy(LOOKS));
        }
      }
      fixture.rest();
      TripRun run = new TripRun(InstantSource.system(), System.out, Optional.empty(), 10);
      TripRun.Figures figures = run.finish(fixture.plant(), fixture.truth(), Duration.ofMinutes(2));

      assertThat(figures.verdict().sent()).as("values sent").isGreaterThan(1_000);
      assertThat(figures.balanced()).as("books: %s", figures.verdict()).isTrue();
      assertThat(figures.events().sequenceGaps()).as("gaps in event sequences").isZero();
      assertNothingGrew(seen);
    }
  }

  private static void assertNothingGrew(List<Vitals> seen) {
    assertThat(seen).as("moments looked at").hasSizeGreaterThan(LOOKS / 2);
    Vitals.FIGURES.forEach(
        (name, figure) -> {
          double rise = Trend.rise(seen, figure);
          double allowed = MAY_RISE.getOrDefault(name, 0.0);
          System.out.printf("%-20s rise %8.2f, allowed %8.2f%n", name, rise, allowed);
          assertThat(rise).as("rise of %s over %s", name, LENGTH).isLessThanOrEqualTo(allowed);
        });
  }

  private static void pause(Duration time) {
    Instant until = Instant.now().plus(time);
    Awaitility.await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !Instant.now().isBefore(until));
  }
}
