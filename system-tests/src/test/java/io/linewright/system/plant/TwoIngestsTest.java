package io.linewright.system.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.trip.TripRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code up --instances ingest=2}: two historians share the topics, and store nothing twice. */
@Tag("long")
class TwoIngestsTest {

  private static final String STAGE = "ingest.telemetry";

  @Test
  void bothStoreAndEveryChangeIsStoredOnce() throws Exception {
    try (PlantFixture fixture =
            PlantFixture.start(
                List.of(
                    "--instances",
                    "ingest=2",
                    "--simulator-seed",
                    "19",
                    "--wait-for-gateway=240s"));
        RestClient rest = fixture.client()) {
      assertThat(fixture.data().resolve("config").resolve("ingest-2.properties")).exists();
      Awaitility.await("both instances to store live values")
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> assertThat(storing(rest)).isEqualTo(Set.of("1", "2")));
      JsonNode values = rest.get("/api/v1/last-values?equipment=acme/graz").path("values");
      assertThat(values.size()).as("last values by the first instance").isGreaterThan(10);
      Instant since =
          Instant.EPOCH.plus(
              TruthFile.read(fixture.truth()).observedMicros().orElseThrow(), ChronoUnit.MICROS);
      Awaitility.await("the plant to move for 20 s")
          .atMost(Duration.ofSeconds(60))
          .until(() -> Instant.now().isAfter(since.plusSeconds(20)));

      fixture.rest();
      TripRun run = new TripRun(InstantSource.system(), System.out, Optional.empty(), 20);
      TripRun.Figures figures = run.finish(fixture.plant(), fixture.truth(), Duration.ofMinutes(1));
      assertThat(figures.verdict().sent()).isGreaterThan(300);
      assertThat(figures.verdict().lost()).as("lost: %s", figures.verdict()).isZero();
      assertThat(figures.verdict().wrong()).as("wrong").isZero();
      assertThat(figures.repeated()).as("repeated").isZero();
      assertThat(figures.events().sequenceGaps()).as("gaps in event sequences").isZero();
      assertThat(storing(rest)).isEqualTo(Set.of("1", "2"));
      for (JsonNode line : rest.get("/api/v1/stages")) {
        if (line.path("stage").asString().startsWith("ingest.")) {
          assertThat(line.path("in").asLong())
              .as("books: %s", line)
              .isEqualTo(
                  line.path("out").asLong()
                      + line.path("setAside").asLong()
                      + line.path("duplicatesDropped").asLong());
        }
      }
    }
  }

  /** The instances that have stored live values. */
  private static Set<String> storing(RestClient rest) throws IOException, InterruptedException {
    Set<String> instances = new TreeSet<>();
    for (JsonNode line : rest.get("/api/v1/stages")) {
      if (line.path("stage").asString().equals(STAGE) && line.path("out").asLong() > 0) {
        instances.add(line.path("instance").asString());
      }
    }
    return instances;
  }
}
