package io.linewright.bench.outage;

import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.SimulatorProcess;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.trip.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code bench outage}: the gateway with a small heap loses its uplink while the load plant changes
 * at full pace; then the uplink is back and a second plant goes on at 1,000 values/s. The other
 * side is the real one: MQTT broker, bridge and Kafka; a value has arrived when it can be read from
 * Kafka as committed.
 */
@Command(
    name = "outage",
    description =
        "Cuts the uplink while millions of values gather; all must arrive or be told lost.",
    mixinStandardHelpOptions = true)
public final class OutageBench implements Callable<Integer> {

  /** Pace of the load plant, see its file. */
  private static final int LOAD_PER_SECOND = 21_000;

  private static final Duration CALM = Duration.ofSeconds(8);

  @Option(
      names = "--values",
      description = "Values that gather while the uplink is cut (default: ${DEFAULT-VALUE}).")
  private long values = 5_000_000;

  @Option(names = "--heap", description = "Heap of the gateway in MiB (default: ${DEFAULT-VALUE}).")
  private int heapMebibytes = 128;

  @Option(
      names = "--log-bytes",
      description = "Bound of the gateway's log, as 64MiB (default: the gateway's own).")
  private String logBytes = "";

  @Option(names = "--seed", description = "Seed of the simulators (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    Programs programs = Programs.built();
    long seconds = values / LOAD_PER_SECOND + 1;
    try (RunDirectory.Place place = directory.open("outage");
        SimulatorProcess load =
            SimulatorProcess.start(
                programs,
                place.path().resolve("load"),
                "load",
                seed,
                List.of("--duration", seconds + "s"));
        SimulatorProcess live =
            SimulatorProcess.start(
                programs,
                place.path().resolve("live"),
                livePlant(place.path()).toString(),
                seed,
                List.of());
        Standalone plant = plant(programs, place.path(), load, live);
        CutLine line = new CutLine(plant.mqttPort());
        Arrivals arrivals = new Arrivals(plant.kafka("reader"));
        GatewayProcess gateway =
            GatewayProcess.start(programs, plant, line.port(), heapMebibytes)) {
      OutageRun run = new OutageRun(load, live, line, arrivals, gateway, out);
      OutageFigures figures = run.go(Duration.ofSeconds(seconds), CALM);
      if (place.evidence().isPresent()) {
        Evidence.keep(place.evidence().get(), plant, List.of(load, live), arrivals);
      }
      out.println(Json.line(figures.json()));
      return figures.balanced() ? 0 : 1;
    }
  }

  private Standalone plant(
      Programs programs, Path place, SimulatorProcess load, SimulatorProcess live)
      throws IOException, InterruptedException {
    Path file = place.resolve("edge.yaml");
    List<String> log =
        logBytes.isEmpty() ? List.of() : List.of("log: {max-bytes: " + logBytes + "}");
    Files.writeString(file, GatewayFiles.join(load.edgeFile(), live.edgeFile(), "live", log));
    return Standalone.start(
        programs,
        place.resolve("data"),
        List.of("--no-simulator", "--edge", file.toString(), "--services", "bridge"),
        Duration.ofMinutes(3));
  }

  private static Path livePlant(Path place) throws IOException {
    Path file = place.resolve("live-plant.yaml");
    try (InputStream resource = OutageBench.class.getResourceAsStream("live-plant.yaml")) {
      Files.write(file, Objects.requireNonNull(resource, "live-plant.yaml").readAllBytes());
    }
    return file;
  }

  /** Whether a simulator has come to rest. */
  static void awaitEnd(SimulatorProcess simulator, Duration patience)
      throws IOException, InterruptedException {
    Await.until(
        () -> TruthFile.hasEnded(simulator.truth()), patience, "the end of " + simulator.truth());
  }
}
