package io.linewright.system.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.compare.Outage;
import io.linewright.bench.compare.OutageComparison;
import io.linewright.bench.compare.PlantComparison;
import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.measure.GatewayBooks;
import io.linewright.bench.measure.RepeatedEvents;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.ProcessMemory;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.Programs.Program;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.SimulatorProcess;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.plant.StoredSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The whole platform dies by SIGKILL and is started again on its data, with the same ports. The
 * plant is a process of its own and goes on meanwhile, so its log tells what the machines did while
 * nobody looked; see {@link OutageComparison} for what may be missing and what may not.
 */
@Tag("long")
class KilledPlatformTest {

  private static final Duration START = Duration.ofMinutes(4);

  /** Longer than any start: a register must not change unseen while the platform is dead. */
  private static final Duration REGISTERS_WAIT = Duration.ofMinutes(10);

  /** A publishing interval, a group commit, and delays of a busy machine. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  private final Programs programs = PlantFixture.programs();
  private Path directory = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = PlantFixture.newDirectory();
  }

  @AfterEach
  void deleteDirectory() {
    // Only if the second start failed: nobody else stops what the killed platform left behind.
    ProcessMemory.fromPidFile(postmasterFile())
        .flatMap(ProcessHandle::of)
        .ifPresent(ProcessHandle::destroyForcibly);
    PlantFixture.deleteAll(directory);
  }

  @Test
  void killedPlatformGoesOnWhereItWas() throws Exception {
    try (SimulatorProcess simulator =
        SimulatorProcess.start(
            programs,
            directory,
            "demo",
            17,
            List.of("--register-patience", REGISTERS_WAIT.toSeconds() + "s"))) {
      List<String> options =
          new ArrayList<>(List.of("--no-simulator", "--edge", simulator.edgeFile().toString()));
      Map<String, List<StoredSample>> before;
      long killed;
      long orphan;
      try (Standalone first = start(options);
          RestClient rest = first.rest(InstantSource.system())) {
        untilStoredAfter(rest, Instant.now().plusSeconds(8));
        secondInstanceIsRefused(first, options);
        untilStoredAfter(rest, Instant.now());
        before = PlantComparison.stored(TruthFile.read(simulator.truth()), rest);
        orphan = postmaster();
        options.addAll(ports(first.addresses()));
        killed = nowMicros();
        first.process().kill();
      }
      assertThat(ProcessHandle.of(orphan)).as("PostgreSQL outlives a killed platform").isPresent();

      try (Standalone second = start(options);
          RestClient rest = second.rest(InstantSource.system())) {
        assertThat(postmaster()).isNotEqualTo(orphan);
        assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
        untilStoredAfter(rest, Instant.now());
        Outage outage =
            new Outage(
                killed, nowMicros(), UNDER_WAY.toNanos() / 1000, REGISTERS_WAIT.toNanos() / 1000);
        untilStoredAfter(rest, Instant.now().plusSeconds(5));
        simulator.rest();
        assertNothingIsLostOrTwice(simulator, second, rest, outage, before);
      }
    }
  }

  private Standalone start(List<String> options) throws IOException, InterruptedException {
    return Standalone.start(programs, directory.resolve("data"), options, START);
  }

  private void secondInstanceIsRefused(Standalone first, List<String> options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("up", "--data", first.data().toString(), "--free-ports"));
    arguments.addAll(options);
    try (JavaProcess second =
        JavaProcess.start(
            "second",
            programs.of(Program.STANDALONE),
            Standalone.JVM_OPTIONS,
            arguments,
            Map.of(),
            directory)) {
      assertThat(second.awaitExit(120)).as("the second instance ends").isTrue();
      assertThat(second.exitValue()).isEqualTo(1);
      assertThat(Files.readString(second.log()))
          .contains("is in use by another Linewright (process " + first.process().pid() + ")");
    }
    assertThat(first.process().isAlive()).isTrue();
  }

  private static void assertNothingIsLostOrTwice(
      SimulatorProcess simulator,
      Standalone plant,
      RestClient rest,
      Outage outage,
      Map<String, List<StoredSample>> before)
      throws Exception {
    Awaitility.await("the plant to rest")
        .atMost(Duration.ofSeconds(60))
        .until(() -> TruthFile.hasEnded(simulator.truth()));
    TruthFile truth = TruthFile.read(simulator.truth());
    Instant end =
        Instant.EPOCH.plus(truth.endedMicros().orElseThrow(), ChronoUnit.MICROS).plusSeconds(3);
    Awaitility.await("the gateway's log to be confirmed")
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> GatewayBooks.confirmedUpTo(rest, end));
    Awaitility.await("every change that is expected by REST")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(PlantComparison.of(truth, rest, outage).verdict().lost())
                    .as("lost")
                    .isZero());

    OutageComparison.Result result = PlantComparison.of(truth, rest, outage);
    System.out.printf(
        "dead for %.1f s: %s%n", (outage.untilMicros() - outage.fromMicros()) / 1e6, result);
    assertThat(result.verdict().sent()).isGreaterThan(500);
    assertThat(result.missed()).as("the plant went on while the platform was dead").isPositive();
    assertThat(result.verdict().repeated()).as("repeated: %s", result).isZero();
    assertThat(result.verdict().wrong()).as("wrong: %s", result).isZero();
    Map<String, List<StoredSample>> after = PlantComparison.stored(truth, rest);
    before.forEach(
        (tag, rows) ->
            assertThat(after.get(tag)).as("what was stored of " + tag).containsAll(rows));
    RepeatedEvents events = RepeatedEvents.count(plant.kafka("reader"));
    assertThat(events.events()).isPositive();
    assertThat(events.repeated()).as("repeated events").isZero();
    assertThat(events.sequenceGaps()).as("gaps in event sequences").isZero();
  }

  /** The ports of the killed platform: a user does not change them. */
  private static List<String> ports(JsonNode addresses) {
    List<String> options = new ArrayList<>();
    Map.of(
            "dashboard", "--port",
            "kafka", "--kafka-port",
            "mqtt", "--mqtt-port",
            "postgres", "--postgres-port")
        .forEach(
            (name, option) -> {
              String address = addresses.path(name).asString();
              options.add(option);
              options.add(address.replaceAll("^.*:([0-9]+)(/.*)?$", "$1"));
            });
    return options;
  }

  private long postmaster() {
    return ProcessMemory.fromPidFile(postmasterFile()).orElseThrow();
  }

  private Path postmasterFile() {
    return directory.resolve("data/postgres/data/postmaster.pid");
  }

  private static void untilStoredAfter(RestClient rest, Instant time) {
    Awaitility.await("values after " + time + " by REST")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> newest(rest).isAfter(time));
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

  private static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
