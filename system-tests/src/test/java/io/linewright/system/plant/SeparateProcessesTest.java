package io.linewright.system.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.compare.PlantComparison;
import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Programs.Program;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.trip.TripRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Edge, bridge, ingest and gateway each as a process of its own: at first with the environment of
 * the Compose file; historian and bridge, killed with -9 on the way, then with the settings that
 * {@code up} writes for them.
 */
@Order(0)
@Tag("long")
class SeparateProcessesTest {

  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED");
  private static final Service INGEST = new Service("ingest", Program.INGEST_SERVICE);
  private static final Service BRIDGE = new Service("bridge", Program.EDGE_GATEWAY);
  private static final List<Service> SERVICES =
      List.of(
          INGEST,
          BRIDGE,
          new Service("gateway", Program.API_GATEWAY),
          new Service("edge", Program.EDGE_GATEWAY));

  /** A service by the name of its settings. */
  private record Service(String name, Program program) {}

  private final List<JavaProcess> running = new ArrayList<>();

  @AfterEach
  void stopServices() {
    running.parallelStream().forEach(JavaProcess::close);
  }

  @Test
  void killedServicesNeitherLoseNorRepeat() throws Exception {
    try (PlantFixture fixture =
            PlantFixture.start(
                List.of(
                    "--services", "none", "--simulator-seed", "11", "--wait-for-gateway=240s"));
        RestClient rest = fixture.client()) {
      for (Service service : SERVICES) {
        startAsComposeDoes(fixture, service);
      }
      untilStoredAfter(rest, Instant.now());

      killAndStartAgain(fixture, INGEST);
      untilStoredAfter(rest, Instant.now());
      killAndStartAgain(fixture, BRIDGE);
      untilStoredAfter(rest, Instant.now());

      fixture.rest();
      untilNothingIsMissing(fixture, rest);
      assertBalanced(fixture);
      stopServices();
    }
  }

  private void startAsComposeDoes(PlantFixture fixture, Service service) throws IOException {
    start(
        fixture,
        service,
        List.of(),
        ComposeEnvironment.of(service.name(), settings(fixture, service)));
  }

  private void startWithSettings(PlantFixture fixture, Service service) throws IOException {
    String location = "--spring.config.additional-location=file:" + settings(fixture, service);
    start(fixture, service, List.of(location), Map.of());
  }

  private static Path settings(PlantFixture fixture, Service service) {
    return fixture.data().resolve("config").resolve(service.name() + ".properties");
  }

  private void start(
      PlantFixture fixture,
      Service service,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    running.add(
        JavaProcess.start(
            service.name(),
            PlantFixture.services().of(service.program()),
            JVM,
            arguments,
            environment,
            fixture.directory()));
  }

  private void killAndStartAgain(PlantFixture fixture, Service service) throws Exception {
    JavaProcess victim =
        running.stream().filter(p -> p.name().equals(service.name())).findFirst().orElseThrow();
    assertThat(victim.isAlive()).as("%s runs until it is killed", service.name()).isTrue();
    victim.kill();
    running.remove(victim);
    startWithSettings(fixture, service);
  }

  /** Until REST shows values that machines had after the given time. */
  private void untilStoredAfter(RestClient rest, Instant time) {
    Awaitility.await("values after " + time + " by REST")
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptionsInstanceOf(IOException.class)
        .failFast("a service has ended by itself", this::oneHasEnded)
        .until(() -> newest(rest).isAfter(time));
  }

  private boolean oneHasEnded() {
    return running.stream().anyMatch(service -> !service.isAlive());
  }

  private static Instant newest(RestClient rest) throws IOException, InterruptedException {
    Instant newest = Instant.EPOCH;
    JsonNode values = rest.get("/api/v1/last-values?equipment=acme/graz/machining").path("values");
    for (JsonNode value : values) {
      Instant time = Instant.parse(value.path("time").asString());
      newest = time.isAfter(newest) ? time : newest;
    }
    return newest;
  }

  /** What the gateway still holds for re-sending comes after the newest values. */
  private static void untilNothingIsMissing(PlantFixture fixture, RestClient rest)
      throws IOException {
    Awaitility.await("the plant to rest")
        .atMost(Duration.ofSeconds(60))
        .until(() -> TruthFile.hasEnded(fixture.truth()));
    TruthFile truth = TruthFile.read(fixture.truth());
    Awaitility.await("every change of the simulator's log by REST")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(PlantComparison.of(truth, rest, Optional.empty()).lost())
                    .as("lost")
                    .isZero());
  }

  private static void assertBalanced(PlantFixture fixture) throws Exception {
    TripRun run = new TripRun(InstantSource.system(), System.out, Optional.empty(), 20);
    TripRun.Figures figures = run.finish(fixture.plant(), fixture.truth(), Duration.ofSeconds(10));
    assertThat(figures.verdict().sent()).isGreaterThan(300);
    assertThat(figures.verdict().lost()).as("lost").isZero();
    assertThat(figures.events().repeated()).as("repeated events").isZero();
    assertThat(figures.verdict().repeated()).as("repeated rows: %s", figures.verdict()).isZero();
    assertThat(figures.verdict().wrong()).as("wrong").isZero();
    assertThat(figures.events().events()).isPositive();
    assertThat(figures.events().sequenceGaps()).as("gaps in event sequences").isZero();
  }
}
